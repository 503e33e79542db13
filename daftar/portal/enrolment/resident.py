"""Who is enrolled, as the registry knows them: name, number masked, sex, birth."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from daftar.portal.people.models import Person, PersonIdentifier
from daftar.portal.people.selectors import person_seen
from daftar.store.sealing import Fields, open_fields
from daftar.terms.identifiers import mask


@dataclass(frozen=True, slots=True)
class Resident:
    """A person on the pages of enrolment; `fields` are the registry's sealed ones, for the person's own eyes."""

    key: UUID
    name: str
    id_type: str
    masked_number: str
    sex: str
    born: date | None
    insured_region: str
    fields: Fields


def resident_of(person: UUID) -> Resident | None:
    """A person of the registry; None when it does not know them any more. Who shows it records the look (X.5)."""
    seen, row = person_seen(person), Person.objects.filter(key=person, withdrawn=False).first()
    if seen is None or row is None:
        return None
    first = PersonIdentifier.objects.filter(key=person).first()
    number = open_fields(settings.SECRETS, "person_identifier", first.sealed)["number"] if first else ""
    return Resident(
        person,
        seen.name,
        first.type if first else "",
        mask(number),
        row.sex,
        row.birth_date,
        row.insured_region,
        seen.fields,
    )
