"""Reading persons. Who opens sealed fields records the look in the same transaction (X.5)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from daftar.portal.people.models import Person, PersonIdentifier
from daftar.store.sealing import Fields, open_fields
from daftar.terms.digits import fold
from daftar.terms.identifiers import Identifier

SHOWN = ("name", "father_name", "birth_date", "death_date", "mobile")
"""Fields that an office counter sees of a person, as the journal names them."""


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person as an office counter sees them."""

    key: UUID
    jurisdiction: str
    birth_date: date | None
    death_date: date | None
    mobile_verified: bool
    fields: Fields

    @property
    def name(self) -> str:
        """Given and family name, in the order of the name's language."""
        given, family = self.fields.get("given_name", ""), self.fields.get("family_name", "")
        return f"{family}{given}" if self.jurisdiction == "cn" else f"{given} {family}".strip()

    def is_called(self, typed: str) -> bool:
        """Whether a name as typed is theirs: letters alone count, in either order. Nobody is called nothing."""
        given, family = self.fields.get("given_name", ""), self.fields.get("family_name", "")
        letters = _letters(typed)
        return bool(letters) and letters in {_letters(given + family), _letters(family + given)}


def person_key(identifier: Identifier) -> UUID | None:
    """The key of the person who has this identifier; None when nobody is known."""
    key = settings.SECRETS.key(identifier.type, identifier.number)
    found = PersonIdentifier.objects.filter(key=key).values_list("person_key", flat=True).first()
    known = found or key
    return known if Person.objects.filter(key=known, withdrawn=False).exists() else None


def jurisdiction_of_person(key: UUID, *, withdrawn: bool = False) -> str | None:
    """The jurisdiction of a person; None when the registry does not know them any more.

    `withdrawn`: or when it never did, for their facts of that time are still there to be seen.
    """
    known = Person.objects.filter(key=key) if withdrawn else Person.objects.filter(key=key, withdrawn=False)
    return known.values_list("jurisdiction", flat=True).first()


def person_seen(key: UUID) -> PersonSeen | None:
    """A person with the sealed fields opened."""
    row = Person.objects.filter(key=key, withdrawn=False).first()
    if row is None:
        return None
    fields = open_fields(settings.SECRETS, "person", row.sealed)
    return PersonSeen(row.key, row.jurisdiction, row.birth_date, row.death_date, row.mobile_verified, fields)


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalpha())
