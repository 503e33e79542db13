"""A filing and a revocation as people read them: the form's lines in the reader's language (S3.22)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import Section
from daftar.portal.directory.region_picker import region_name
from daftar.portal.filing import filled_in
from daftar.portal.filing.letter import LANGUAGE, SIGNED_AT, SIGNED_NAME, VERSION
from daftar.portal.filing.models import Filing
from daftar.portal.people.models import Person, PersonIdentifier
from daftar.portal.people.selectors import person_seen
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import day, moment
from daftar.store.sealing import Fields, open_fields
from daftar.terms.identifiers import mask
from daftar.terms.phones import show_phone
from daftar.terms.texts import worded

Line = tuple[str, str]

ONESELF = "oneself"
"""The contact is who is filed for (与备案人关系: 本人)."""


def filing_shown(case: Case, fields: Fields) -> list[Section]:
    """The filer, the contact and the letter, as far as they are filled in."""
    parts = (
        (gettext("The person filed for"), [*person_lines(case.person), *_filing_lines(fields)]),
        (gettext("Contact"), _contact_lines(fields)),
        (gettext("Commitment letter"), _letter_lines(case, fields)),
    )
    return [Section(title, kept) for title, lines in parts if (kept := _told(lines))]


def revocation_shown(case: Case, row: Filing | None) -> list[Section]:
    """The person, and the filing that is taken back."""
    sections = [Section(gettext("The person filed for"), _told(person_lines(case.person)))]
    if row is not None:
        sections.append(Section(gettext("The filing"), _told(row_lines(row))))
    return sections


def person_lines(key: UUID) -> list[Line]:
    """Name, masked number, and where the person is insured."""
    seen, row = person_seen(key), Person.objects.filter(key=key).first()
    identifier = PersonIdentifier.objects.filter(key=key).first()
    number = open_fields(settings.SECRETS, "person_identifier", identifier.sealed)["number"] if identifier else ""
    return [
        (gettext("Name"), seen.name if seen else ""),
        (gettext("Identity number"), mask(number) if number else ""),
        (gettext("Insured in"), region_name(row.insured_region) if row and row.insured_region else ""),
    ]


def row_lines(row: Filing) -> list[Line]:
    """A filing on record."""
    return [
        (gettext("Category of the filing"), worded("filing_category", row.category, language())),
        (gettext("Place of treatment"), region_name(row.destination_region)),
        (gettext("Days of the filing"), days_in_words(day(row.starts), day(row.ends))),
    ]


def days_in_words(first: str, last: str) -> str:
    """From when to when."""
    if last:
        return gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    return gettext("from %(first)s, no end") % {"first": first}


def relation_name(code: str) -> str:
    """What the contact is to the person."""
    return gettext("The person themself") if code == ONESELF else say(f"kinship.{code}")


def _filing_lines(fields: Fields) -> list[Line]:
    if not fields.keys() >= filled_in.OF_THE_FILER:
        return []
    ends, kind = filled_in.ends_on(fields), fields.get(filled_in.INSURANCE_TYPE, "")
    return [
        (gettext("Type of insurance"), worded("insurance_type", kind, language()) if kind else ""),
        (gettext("Category of the filing"), say(f"filing_category.{fields[filled_in.CATEGORY]}")),
        (gettext("Place of treatment"), region_name(fields[filled_in.DESTINATION])),
        (gettext("Days of the filing"), days_in_words(day(filled_in.starts_on(fields)), day(ends))),
        (gettext("Address at the place of treatment"), fields.get(filled_in.ADDRESS, "")),
    ]


def _contact_lines(fields: Fields) -> list[Line]:
    relation = fields.get(filled_in.CONTACT_RELATION, "")
    return [
        (gettext("Name"), fields.get(filled_in.CONTACT_NAME, "")),
        (gettext("Telephone"), show_phone(fields.get(filled_in.CONTACT_PHONE, ""))),
        (gettext("What the contact is to the person"), relation_name(relation) if relation else ""),
        (gettext("Address"), fields.get(filled_in.CONTACT_ADDRESS, "")),
    ]


def _letter_lines(case: Case, fields: Fields) -> list[Line]:
    if not fields.get(VERSION):
        return []
    signed_at = datetime.fromisoformat(fields[SIGNED_AT])
    by = fields.get(SIGNED_NAME) or gettext("drawn by hand, among the files of this case")
    return [
        (gettext("Version"), f"{fields[VERSION]} ({dict(settings.LANGUAGES)[fields[LANGUAGE]]})"),
        (gettext("Signed on"), moment(signed_at, case.jurisdiction)),
        (gettext("Signature"), by),
    ]


def _told(lines: Iterable[Line]) -> Sequence[Line]:
    """Without what was left empty."""
    return [(name, value) for name, value in lines if value]
