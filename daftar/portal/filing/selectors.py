"""Reading one's own filings (S4.16). Who calls this journals it in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.conf import settings

from daftar.portal.directory.region_picker import region_name
from daftar.portal.filing.models import Filing
from daftar.portal.filing.scope import Counted, counted_on
from daftar.portal.people.models import Person, PersonIdentifier
from daftar.portal.people.selectors import person_seen
from daftar.rules.filing import categories
from daftar.store.sealing import open_fields
from daftar.terms.filings import FilingState
from daftar.terms.identifiers import mask

AHEAD = "ahead"
"""Shown for a filing whose first day is still to come; no source sends it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose filings these are, as each of their lines says it."""

    name: str
    masked_number: str
    card_state: str
    insured_region: str


@dataclass(frozen=True, slots=True)
class FilingSeen:
    """One filing as its person reads it; `state` is the source's word, or what its days make of it."""

    row: Filing
    group: str
    insured_region: str
    destination: str
    state: str
    counted: Counted | None

    @property
    def stands(self) -> bool:
        """Whether it counts now or will."""
        return self.state in (FilingState.IN_FORCE, AHEAD)


def holder_of(person: UUID) -> Holder | None:
    """The person with number masked and state of the card; None when the registry does not know them any more."""
    seen, row = person_seen(person), Person.objects.filter(key=person).first()
    if seen is None or row is None:
        return None
    first = PersonIdentifier.objects.filter(key=person).first()
    number = open_fields(settings.SECRETS, "person_identifier", first.sealed)["number"] if first else ""
    return Holder(seen.name, mask(number), row.card_state, region_name(row.insured_region))


def filings_of(person: UUID, holder: Holder, jurisdiction: str, today: date) -> list[FilingSeen]:
    """The person's filings, the newest first."""
    rows = Filing.objects.filter(key=person, withdrawn=False).order_by("-starts", "-filing_id")
    return list(_seen(rows, holder, jurisdiction, today))


def _seen(rows: Iterable[Filing], holder: Holder, jurisdiction: str, today: date) -> Iterable[FilingSeen]:
    named = cache(region_name)  # a person's filings name few places
    for row in rows:
        state = _state(row, today)
        stands = state in (FilingState.IN_FORCE, AHEAD)
        yield FilingSeen(
            row,
            _group(row, jurisdiction),
            named(row.insured_region) or holder.insured_region,
            named(row.destination_region),
            state,
            counted_on(row.destination_region, max(row.starts, today)) if stands else None,
        )


def _group(row: Filing, jurisdiction: str) -> str:
    """The group of its category by the law of its first day; empty where that law has none."""
    known: dict[str, str] = {str(code): group for code, group in categories(jurisdiction, row.starts).items()}
    return known.get(row.category, "")


def _state(row: Filing, today: date) -> str:
    """What the source says; where it says that the filing is in force, or nothing, its days decide."""
    if row.state not in ("", FilingState.IN_FORCE):
        return row.state
    if row.starts > today:
        return AHEAD
    return FilingState.ENDED if row.ends and row.ends < today else FilingState.IN_FORCE
