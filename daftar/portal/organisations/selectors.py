"""Reading organisations and their agreements."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from daftar.answers import Charge
from daftar.disclosure.agreements import (
    AFFILIATION,
    PURPOSES_BY_KIND,
    AgreementTerms,
    any_allows,
    charges,
    read_purposes,
)
from daftar.portal.organisations.forms import SCOPES
from daftar.portal.organisations.models import Agreement, AgreementDay, ApiClient, Organisation


def organisation_named(code: str) -> Organisation | None:
    """The organisation of a code, unless its source has withdrawn it."""
    return Organisation.objects.filter(code=code, withdrawn=False).first()


def may_ask(organisation: Organisation | None, purpose: str, day: date) -> bool:
    """Whether an organisation may ask for a purpose on a day: not suspended, and an agreement in force (S1.2)."""
    if organisation is None or organisation.suspended:
        return False
    return any_allows(_terms_of(organisation), purpose, day)


def charges_of(organisation: Organisation | None, purpose: str, day: date) -> tuple[Charge, ...]:
    """The quotas of which an inquiry of the organisation uses up one; none where it has no quota (S1.2)."""
    return () if organisation is None else charges(_terms_of(organisation), organisation.code, purpose, day)


def _terms_of(organisation: Organisation) -> list[AgreementTerms]:
    return [
        AgreementTerms(
            each.starts, each.ends, read_purposes(organisation.kind, each.purposes), each.number, each.daily_quota
        )
        for each in Agreement.objects.filter(organisation=organisation.code, withdrawn=False)
    ]


@dataclass(frozen=True, slots=True)
class AgreementSeen:
    """An agreement as the organisation's administrator sees it; `used` is what is used up of today's quota."""

    number: str
    starts: date
    ends: date | None
    in_force: bool
    purposes: list[Promise]
    quota: int | None
    used: int


@dataclass(frozen=True, slots=True)
class ClientSeen:
    """A machine client as the organisation's administrator sees it."""

    client_id: str
    scope_names: list[Promise]
    created_at: datetime
    enabled: bool


def agreements_seen(organisation: Organisation, today: date) -> list[AgreementSeen]:
    """The organisation's agreements, the newest first."""
    days = AgreementDay.objects.filter(organisation=organisation.code, day=today).values_list("number", "used")
    used = dict(days)
    found = Agreement.objects.filter(organisation=organisation.code, withdrawn=False).order_by("-starts", "number")
    return [
        AgreementSeen(
            each.number,
            each.starts,
            each.ends,
            each.starts <= today and (each.ends is None or today <= each.ends),
            [SCOPES[purpose] for purpose in sorted(read_purposes(organisation.kind, each.purposes))],
            each.daily_quota,
            used.get(each.number, 0),
        )
        for each in found
    ]


def scopes_of(organisation: Organisation) -> list[str]:
    """What a client of the organisation may be allowed."""
    return sorted(PURPOSES_BY_KIND.get(organisation.kind, frozenset()))


def clients_of(organisation: str) -> list[ClientSeen]:
    """The organisation's machine clients: those switched on first, then the newest."""
    return [
        ClientSeen(
            each.client_id,
            [SCOPES[scope] for scope in each.scopes.split() if scope in SCOPES],
            each.created_at,
            each.enabled,
        )
        for each in ApiClient.objects.filter(organisation=organisation).order_by("-enabled", "-created_at")
    ]


def asking_organisations() -> list[tuple[str, str]]:
    """Codes and names of the organisations that affiliation inquiries are for, by name."""
    kinds = [kind for kind, purposes in PURPOSES_BY_KIND.items() if AFFILIATION in purposes]
    found = Organisation.objects.filter(kind__in=kinds, withdrawn=False).order_by("name", "code")
    return list(found.values_list("code", "name"))
