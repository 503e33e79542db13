"""Who is in a group and how they are reached: each a walk by the key of the address, counted and told in stretches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import BooleanField, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from daftar.disclosure.agreements import ELIGIBILITY
from daftar.disclosure.notices import CHOICE_TABLE
from daftar.portal.accounts.models import Account
from daftar.portal.accounts.roles import ORGANISATION_ROLES, STAFF_ROLES
from daftar.portal.campaigns.walks import Receiver, Rows, Walk
from daftar.portal.directory.tree import Tree
from daftar.portal.notices.models import NoticeChoice
from daftar.portal.organisations.models import Agreement, Organisation, ProviderPhone
from daftar.portal.organisations.phones import TABLE as PHONE_TABLE
from daftar.portal.organisations.seats import organisations_of
from daftar.portal.people.models import Person
from daftar.store.sealing import open_fields

SILENT_DAYS = 30
LOOKED_UP = 2_000
"""Accounts of a stretch, where the person of each is looked up elsewhere."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of a group; empty words choose all. `silent`: providers that may ask and did not for thirty days."""

    jurisdiction: str
    language: str
    today: date
    type: str = ""
    ownership: str = ""
    province: str = ""
    silent: bool = False
    role: str = ""


def providers(wanted: Wanted) -> QuerySet[Organisation]:
    """The providers of a choice, each of one country."""
    found = organisations_of(wanted.jurisdiction).filter(kind="provider", withdrawn=False).exclude(code="probe")
    exact = {"provider_type": wanted.type, "ownership": wanted.ownership, "province": wanted.province}
    found = found.filter(**{column: value for column, value in exact.items() if value})
    return (
        found.filter(_may_ask(wanted.today), suspended=False).exclude(_asked(wanted.today)) if wanted.silent else found
    )


def _may_ask(today: date) -> Exists:
    standing = Q(ends=None) | Q(ends__gte=today)
    covering = Q(purposes="") | Q(purposes__contains=ELIGIBILITY)
    held = Agreement.objects.filter(standing, covering, organisation=OuterRef("code"), withdrawn=False)
    return Exists(held.filter(starts__lte=today))


def _asked(today: date) -> Func:
    """Whether a provider asked, as the providers' report counts it; either index of the tally serves.

    The joiner stands between the two values, so that the query within follows the names of the one around it.
    """
    since = Value(today - timedelta(days=SILENT_DAYS - 1), output_field=DateField())
    return Func(
        F("code"),
        since,
        template="EXISTS (SELECT 1 FROM inquiry_tally t WHERE t.scope = 'organisation' AND t.mode = 'general'"
        " AND t.outcome IN ('covered', 'not_covered') AND t.place = %(expressions)s)",
        arg_joiner=" AND t.day >= ",
        output_field=BooleanField(),
    )


def providers_phones(wanted: Wanted) -> Walk:
    """The registered mobiles of providers."""
    begun = Q(starts=None) | Q(starts__lte=wanted.today)
    standing = Q(ends=None) | Q(ends__gte=wanted.today)
    codes = providers(wanted).values("code")

    def receivers(rows: list[ProviderPhone]) -> list[Receiver]:
        fields = [open_fields(settings.SECRETS, PHONE_TABLE, row.sealed) for row in rows]
        return [Receiver(each.get("mobile", ""), wanted.language) for each in fields]

    return Walk(
        ProviderPhone.objects.all(),
        lambda rows: rows.filter(begun, standing, withdrawn=False, organisation__in=codes),
        "mobile_key",
        receivers,
    )


def providers_mails(wanted: Wanted) -> Walk:
    """The mail addresses of the users of providers."""
    codes = providers(wanted).values("code")
    return _accounts(lambda rows: rows.filter(role__in=ORGANISATION_ROLES, organisation__in=codes))


def staffs_mails(wanted: Wanted) -> Walk:
    """Of the insurer's staff in one country, of one role or of all."""
    roles = [wanted.role] if wanted.role else STAFF_ROLES
    return _accounts(lambda rows: rows.filter(role__in=roles, jurisdiction=wanted.jurisdiction))


def _accounts(chosen: Callable[[Rows], Rows]) -> Walk:
    """By the account's number: no two accounts have one mailbox."""

    def receivers(rows: list[Account]) -> list[Receiver]:
        return [Receiver(row.fields.get("mail", ""), row.language) for row in rows]

    with_mail = Q(is_active=True, mail_key__isnull=False)
    return Walk(Account.objects.all(), lambda rows: chosen(rows.filter(with_mail)), "id", receivers)


def insured_phones(wanted: Wanted, regions: Sequence[str] | None) -> Walk:
    """The verified mobiles of the living who are insured in a region; `regions` is None for the whole country.

    A family with one mobile is told once, in the language of one of them.
    """

    def receivers(rows: list[Person]) -> list[Receiver]:
        chosen = NoticeChoice.objects.filter(key__in=[row.key for row in rows])
        languages = dict(chosen.values_list("key", "language"))
        fields = [open_fields(settings.SECRETS, "person", row.sealed) for row in rows]
        return [
            Receiver(each.get("mobile", ""), languages.get(row.key, wanted.language))
            for row, each in zip(rows, fields, strict=True)
        ]

    told = _living(wanted).filter(mobile_verified=True, mobile_key__isnull=False)
    return Walk(told, lambda rows: _insured_in(rows, regions), "mobile_key", receivers)


def insured_mails(wanted: Wanted, regions: Sequence[str] | None) -> Walk:
    """The mail addresses of those among them who have an account, by the person's key."""
    insured = _insured_in(_living(wanted), regions)

    def receivers(rows: list[NoticeChoice]) -> list[Receiver]:
        fields = [open_fields(settings.SECRETS, CHOICE_TABLE, row.sealed) for row in rows]
        return [Receiver(each.get("mail", ""), row.language) for row, each in zip(rows, fields, strict=True)]

    everyone = NoticeChoice.objects.all()
    return Walk(everyone, lambda rows: rows.filter(key__in=insured.values("key")), "key", receivers, LOOKED_UP)


def _living(wanted: Wanted) -> QuerySet[Person]:
    return Person.objects.filter(jurisdiction=wanted.jurisdiction, withdrawn=False, death_date=None)


def _insured_in(rows: QuerySet[Person], regions: Sequence[str] | None) -> QuerySet[Person]:
    return rows if regions is None else rows.filter(insured_region__in=regions)


def reach(group: str, channel: str, wanted: Wanted, tree: Tree) -> Walk | None:
    """How a group is reached by a channel; None where it cannot be: nobody's account holds a mobile."""
    regions = tree.subtree(wanted.province) if wanted.province else None  # a province that is gone reaches nobody
    match group, channel:
        case "providers", "sms":
            return providers_phones(wanted)
        case "providers", "mail":
            return providers_mails(wanted)
        case "insured", "sms":
            return insured_phones(wanted, regions)
        case "insured", "mail":
            return insured_mails(wanted, regions)
        case "staff", "mail":
            return staffs_mails(wanted)
    return None
