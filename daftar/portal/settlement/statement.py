"""The inpatient settlement statement «住院结算单»: its fields in the reader's words (S4.24, domain-facts 2.11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.settlement.adding_up import faults
from daftar.portal.settlement.columns import FUNDS, NAMES, OWN, RATIO, SCOPE, SUMS
from daftar.portal.settlement.models import Settlement
from daftar.portal.settlement.references import reference_of
from daftar.portal.settlement.rows import KINDS, NOTHING
from daftar.portal.settlement.services import StatementContent
from daftar.portal.settlement.words import fault_words, ratio_words
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import digits, moment
from daftar.terms.calendars import show_day
from daftar.terms.money import currency_name, show_number
from daftar.terms.texts import worded

SEXES: dict[str, Promise] = {"male": _("Male"), "female": _("Female")}


@dataclass(frozen=True, slots=True)
class Fact:
    """A field and its value; `code` says that it runs from left to right."""

    name: Promise | str
    value: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together."""

    title: str
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as page and paper show it: what is told, the amounts, and what does not add up."""

    content: StatementContent
    title: str
    groups: list[Group]
    amounts: list[Group]
    currency: str
    marks: list[str]

    @property
    def reference(self) -> str:
        """What stands in its address."""
        return reference_of(self.row.settlement_id, self.row.version)

    @property
    def row(self) -> Settlement:
        """The version that is shown."""
        return self.content.found.row


def days_in_hospital(admitted: date, discharged: date) -> int:
    """住院天数: the difference, at least 1 (domain-facts 2.11)."""
    return max((discharged - admitted).days, 1)


def statement(content: StatementContent, zone: str) -> Statement:
    """Put a statement into the reader's words; `zone` is the jurisdiction whose clock counts."""
    row, now = content.found.row, language()
    return Statement(
        content,
        title_of(content.places.region(row.insured_region)),
        list(_groups(content, zone)),
        list(_amounts(row, now)),
        currency_name(row.currency, now),
        [fault_words(each, row.currency, now) for each in faults(row.__dict__)],
    )


def title_of(place: str) -> str:
    """<参保地>跨省异地就医住院结算单."""
    if not place:
        return gettext("Inpatient settlement statement for treatment in another province")
    return gettext("%(place)s: inpatient settlement statement for treatment in another province") % {"place": place}


def _groups(content: StatementContent, zone: str) -> Iterator[Group]:
    yield Group(gettext("Insured person"), [each for each in _person(content) if each.value])
    yield Group(gettext("Stay in hospital"), [each for each in _stay(content) if each.value])
    yield Group(gettext("Settlement"), [each for each in _settlement(content.found.row, zone) if each.value])


def _person(content: StatementContent) -> Iterator[Fact]:
    row, patient = content.found.row, content.patient
    age = patient.age_on(row.admitted)
    yield Fact(_("Name"), patient.name)
    yield Fact(_("Sex"), str(SEXES.get(patient.sex, "")))
    yield Fact(_("Age at admission"), "" if age is None else digits(age))
    yield Fact(_("Identity number"), patient.identifier, code=True)
    yield Fact(_("Card number"), patient.card, code=True)
    yield Fact(_("Place of insurance"), content.places.region(row.insured_region))
    yield Fact(_("Type of insurance"), worded("insurance_type", row.insurance_type, language()))


def _stay(content: StatementContent) -> Iterator[Fact]:
    row, now, sealed = content.found.row, language(), content.sealed
    institution = content.places.institutions.get(row.institution)
    yield Fact(_("Place of treatment"), content.places.region(row.treated_region))
    yield Fact(_("Hospital"), content.places.institution(row.institution))
    yield Fact(_("Level of the hospital"), institution.level if institution else "")
    yield Fact(_("Type of admission"), row.admission_type)
    yield Fact(_("Admission number"), sealed.get("inpatient_number", ""), code=True)
    yield Fact(_("Department of discharge"), sealed.get("department", ""))
    yield Fact(_("Main diagnosis"), sealed.get("diagnosis_main", ""))
    yield Fact(_("Other diagnoses"), sealed.get("diagnosis_other", ""))
    yield Fact(_("Admitted"), show_day(row.admitted, now))
    yield Fact(_("Discharged"), show_day(row.discharged, now))
    yield Fact(_("Days in hospital"), digits(days_in_hospital(row.admitted, row.discharged)))


def _settlement(row: Settlement, zone: str) -> Iterator[Fact]:
    yield Fact(_("Settlement number"), row.settlement_id, code=True)
    yield Fact(_("Kind"), str(KINDS.get(row.kind, row.kind)))
    yield Fact(_("Version"), digits(row.version))
    yield Fact(_("Settled at"), moment(row.settled_at, zone))


def _amounts(row: Settlement, now: str) -> Iterator[Group]:
    for title, names in (
        (gettext("In all"), SUMS),
        (gettext("How the person's part was paid"), OWN),
        (gettext("Paid by insurance, fund by fund"), FUNDS),
        (gettext("How the cost was counted"), SCOPE),
    ):
        facts = [Fact(NAMES[name], _amount(row, name, now)) for name in names]
        if names is SCOPE:
            facts.append(Fact(RATIO, ratio_words(row.pool_ratio, now)))
        yield Group(title, facts)


def _amount(row: Settlement, name: str, now: str) -> str:
    value = getattr(row, name)
    return NOTHING if value is None else show_number(value, row.currency, now)
