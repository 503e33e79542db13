"""An enrolment as people read it: the guide's three groups, each a heading with its lines (S3.13, S3.14)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.cases.models import Case
from daftar.portal.cases.procedures import Section
from daftar.portal.directory.models import PoolingRegion
from daftar.portal.enrolment.filled import INSURANCE_TYPE, HouseholdKind, starts_of
from daftar.portal.enrolment.resident import Resident, resident_of
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import digits
from daftar.store.sealing import Fields
from daftar.terms.calendars import show_day
from daftar.terms.phones import show_phone
from daftar.terms.texts import worded

SEXES = {"male": _("Male"), "female": _("Female")}
HOUSEHOLD_KINDS = {
    HouseholdKind.RESIDENT: _("Resident register (one kind for all)"),
    HouseholdKind.RURAL: _("Rural register"),
    HouseholdKind.URBAN: _("Urban register"),
}


def sections(case: Case, fields: Fields) -> list[Section]:
    """All that is filled in; a line without a value is left out."""
    return [
        Section(gettext("Unit of the resident"), list(_filled(_unit(fields)))),
        Section(gettext("The resident"), list(_filled(_resident(resident_of(case.person), fields)))),
        Section(gettext("The enrolment"), list(_filled(_enrolment(fields)))),
    ]


def pooling_region_name(code: str) -> str:
    """Its name; the code of one that the directory does not know."""
    found = PoolingRegion.objects.filter(code=code).values_list("name", flat=True).first()
    return found or code


def _filled(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in lines if value)


def _unit(fields: Fields) -> Iterator[tuple[str, str]]:
    yield gettext("Pooling region"), pooling_region_name(fields.get("pooling_region", ""))
    yield gettext("Town or street"), fields.get("town", "")
    yield gettext("Village or neighbourhood committee"), fields.get("unit_name", "")
    yield gettext("Code of the unit"), fields.get("unit", "")


def _resident(resident: Resident | None, fields: Fields) -> Iterator[tuple[str, str]]:
    if resident:
        yield from resident_lines(resident)
    yield gettext("Ethnic group"), fields.get("ethnicity", "")
    kind = fields.get("household_kind")
    yield gettext("Kind of household register"), str(HOUSEHOLD_KINDS[HouseholdKind(kind)]) if kind else ""
    yield gettext("Address of the household register"), fields.get("household_address", "")
    yield gettext("Address of residence"), fields.get("residence_address", "")
    yield gettext("Contact telephone"), digits(show_phone(fields["phone"])) if fields.get("phone") else ""


def resident_lines(resident: Resident) -> Iterator[tuple[str, str]]:
    """What the registry knows of who is enrolled; nobody types it."""
    yield gettext("Name"), resident.name
    yield gettext("Type of identity document"), say(f"identifier.{resident.id_type}") if resident.id_type else ""
    yield gettext("Number of the identity document"), resident.masked_number
    yield gettext("Sex"), str(SEXES.get(resident.sex, ""))
    yield gettext("Date of birth"), show_day(resident.born, language()) if resident.born else ""


def _enrolment(fields: Fields) -> Iterator[tuple[str, str]]:
    yield gettext("Type of insurance"), worded("insurance_type", INSURANCE_TYPE, language())
    if fields.get("category"):
        yield gettext("Category of the insured"), say(f"enrolment_category.{fields['category']}")
    if fields.get("starts"):
        first = starts_of(fields)
        yield gettext("First day of the insurance"), show_day(first, language())
        yield gettext("Year"), digits(first.year)
