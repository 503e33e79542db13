"""The person whom a statement is about, as it names them: numbers are masked, a statement is often shown to others."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from daftar.portal.people.models import Person, PersonIdentifier
from daftar.portal.people.selectors import person_seen
from daftar.store.sealing import open_fields
from daftar.terms.identifiers import mask


@dataclass(frozen=True, slots=True)
class Patient:
    """Name, sex (male, female or empty), day of birth; identity and card number masked."""

    name: str
    sex: str
    birth_date: date | None
    identifier_type: str
    identifier: str
    card: str

    def age_on(self, day: date) -> int | None:
        """Full years on a day; None where the birth is not known or lies after it."""
        if self.birth_date is None or self.birth_date > day:
            return None
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


def patient_of(person: UUID) -> Patient:
    """The person's particulars; the caller journals that they are shown."""
    seen = person_seen(person)
    sex = Person.objects.filter(key=person).values_list("sex", flat=True).first() or ""
    first = PersonIdentifier.objects.filter(key=person).first()
    number = open_fields(settings.SECRETS, "person_identifier", first.sealed)["number"] if first else ""
    return Patient(
        name=seen.name if seen else "",
        sex=sex,
        birth_date=seen.birth_date if seen else None,
        identifier_type=first.type if first else "",
        identifier=mask(number),
        card=mask(seen.fields.get("card_number", "")) if seen else "",
    )
