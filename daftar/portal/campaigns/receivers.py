"""Who is in a group and how they are reached: counted for the preview, then walked through in a fixed order.

A mark is where the walk stands; what is after it is found by an index, so that a batch costs the same at any place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from daftar.disclosure.agreements import ELIGIBILITY
from daftar.disclosure.notices import CHOICE_TABLE
from daftar.portal.accounts.models import Account
from daftar.portal.accounts.roles import ORGANISATION_ROLES, STAFF_ROLES
from daftar.portal.accounts.services import mail_key
from daftar.portal.directory.tree import Tree
from daftar.portal.notices.models import NoticeChoice
from daftar.portal.organisations.models import Agreement, Organisation, ProviderPhone
from daftar.portal.organisations.phones import TABLE as PHONE_TABLE
from daftar.portal.people.models import Person
from daftar.store.sealing import open_fields

SILENT_DAYS = 30
Mark = list[str]
"""Where a walk stands, as JSON keeps it; empty at the beginning."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody of a group. `mark` is the walk's when it has come to them; no address: they cannot be reached."""

    address_key: UUID
    address: str
    language: str
    mark: Mark


class Reach(Protocol):
    """One group by one channel."""

    def count(self) -> int:
        """How many addresses there are, each once."""

    def after(self, mark: Mark, most: int) -> list[Receiver]:
        """The next ones; fewer than `most` when these are the last."""


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
    """The providers of a choice, one of no known province among those of every country."""
    here = Q(province="") | Q(province__startswith=f"{wanted.jurisdiction}-")
    found = Organisation.objects.filter(here, kind="provider", withdrawn=False).exclude(code="probe")
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


def _asked(today: date) -> Q:
    """Those that asked: the watch's tally knows."""
    since = (today - timedelta(days=SILENT_DAYS - 1)).isoformat()
    sql = "SELECT place FROM inquiry_tally WHERE scope = 'organisation' AND mode = 'general' AND day >= %s"
    return Q(code__in=RawSQL(sql, [since]))


@dataclass(frozen=True, slots=True)
class ProvidersPhones:
    """The registered mobiles of providers."""

    wanted: Wanted

    def _rows(self) -> QuerySet[ProviderPhone]:
        begun, standing = (
            Q(starts=None) | Q(starts__lte=self.wanted.today),
            Q(ends=None) | Q(ends__gte=self.wanted.today),
        )
        codes = providers(self.wanted).values("code")
        return ProviderPhone.objects.filter(begun, standing, withdrawn=False, organisation__in=codes)

    def count(self) -> int:
        """As the protocol says."""
        return self._rows().values("mobile_key").distinct().count()

    def after(self, mark: Mark, most: int) -> list[Receiver]:
        """By organisation and mobile."""
        found = self._rows()
        if mark:
            same = Q(organisation=mark[0], mobile_key__gt=UUID(mark[1]))
            found = found.filter(Q(organisation__gt=mark[0]) | same)
        return [self._receiver(row) for row in found.order_by("organisation", "mobile_key")[:most]]

    def _receiver(self, row: ProviderPhone) -> Receiver:
        mobile = open_fields(settings.SECRETS, PHONE_TABLE, row.sealed).get("mobile", "")
        return Receiver(row.mobile_key, mobile, self.wanted.language, [row.organisation, row.mobile_key.hex])


@dataclass(frozen=True, slots=True)
class Accounts:
    """The mail addresses of accounts: of providers' users, or of staff."""

    rows: QuerySet[Account]

    def count(self) -> int:
        """As the protocol says; no two accounts have one mailbox."""
        return self.rows.count()

    def after(self, mark: Mark, most: int) -> list[Receiver]:
        """By the account's number."""
        found = self.rows.filter(pk__gt=int(mark[0])) if mark else self.rows
        return [
            Receiver(row.mail_key or UUID(int=0), row.fields.get("mail", ""), row.language, [str(row.pk)])
            for row in found.order_by("pk")[:most]
        ]


def providers_mails(wanted: Wanted) -> Accounts:
    """Of the users of providers."""
    codes = providers(wanted).values("code")
    return Accounts(_with_mail().filter(role__in=ORGANISATION_ROLES, organisation__in=codes))


def staffs_mails(wanted: Wanted) -> Accounts:
    """Of the insurer's staff in one country, of one role or of all."""
    roles = [wanted.role] if wanted.role else STAFF_ROLES
    return Accounts(_with_mail().filter(role__in=roles, jurisdiction=wanted.jurisdiction))


def _with_mail() -> QuerySet[Account]:
    return Account.objects.filter(is_active=True, mail_key__isnull=False)


@dataclass(frozen=True, slots=True)
class InsuredPhones:
    """The verified mobiles of the living who are insured in a region; `regions` is None for the whole country."""

    wanted: Wanted
    regions: Sequence[str] | None

    def _rows(self) -> QuerySet[Person]:
        return _insured(self.wanted, self.regions).filter(mobile_verified=True, mobile_key__isnull=False)

    def count(self) -> int:
        """As the protocol says: a family with one mobile is one."""
        return self._rows().values("mobile_key").distinct().count()

    def after(self, mark: Mark, most: int) -> list[Receiver]:
        """By region and mobile, which is an index."""
        found = self._rows()
        if mark:
            same = Q(insured_region=mark[0], mobile_key__gt=UUID(mark[1]))
            found = found.filter(Q(insured_region__gt=mark[0]) | same, insured_region__gte=mark[0])
        # several persons with one mobile in one region are passed by as one: the mark steps over the mobile
        return self._receivers(found.order_by("insured_region", "mobile_key")[:most])

    def _receivers(self, rows: Iterable[Person]) -> list[Receiver]:
        found = list(rows)
        chosen = NoticeChoice.objects.filter(key__in=[row.key for row in found])
        languages = dict(chosen.values_list("key", "language"))
        return [
            Receiver(
                row.mobile_key or UUID(int=0),
                open_fields(settings.SECRETS, "person", row.sealed).get("mobile", ""),
                languages.get(row.key, self.wanted.language),
                [row.insured_region, (row.mobile_key or UUID(int=0)).hex],
            )
            for row in found
        ]


@dataclass(frozen=True, slots=True)
class InsuredMails:
    """The mail addresses of those among them who have an account."""

    wanted: Wanted
    regions: Sequence[str] | None

    def _rows(self) -> QuerySet[NoticeChoice]:
        return NoticeChoice.objects.filter(key__in=_insured(self.wanted, self.regions).values("key"))

    def count(self) -> int:
        """As the protocol says."""
        return self._rows().count()

    def after(self, mark: Mark, most: int) -> list[Receiver]:
        """By the person's key."""
        found = self._rows().filter(key__gt=UUID(mark[0])) if mark else self._rows()
        receivers = []
        for row in found.order_by("key")[:most]:
            address = open_fields(settings.SECRETS, CHOICE_TABLE, row.sealed).get("mail", "")
            receivers.append(Receiver(mail_key(address), address, row.language, [row.key.hex]))
        return receivers


def _insured(wanted: Wanted, regions: Sequence[str] | None) -> QuerySet[Person]:
    living = Person.objects.filter(jurisdiction=wanted.jurisdiction, withdrawn=False, death_date=None)
    return living if regions is None else living.filter(insured_region__in=regions)


def reach(group: str, channel: str, wanted: Wanted, tree: Tree) -> Reach | None:
    """How a group is reached by a channel; None where it cannot be: nobody's account holds a mobile."""
    regions = tree.subtree(wanted.province) if wanted.province else None  # a province that is gone reaches nobody
    match group, channel:
        case "providers", "sms":
            return ProvidersPhones(wanted)
        case "providers", "mail":
            return providers_mails(wanted)
        case "insured", "sms":
            return InsuredPhones(wanted, regions)
        case "insured", "mail":
            return InsuredMails(wanted, regions)
        case "staff", "mail":
            return staffs_mails(wanted)
    return None
