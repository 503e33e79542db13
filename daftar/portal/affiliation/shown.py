"""An answer as blocks of names and values: the forms O2-O4, O4-J-main and O4-J-dep (S1.18-S1.20).

What stands in an answer has been permitted below; here it is only named and spelled.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.portal.theme.forms import say
from daftar.portal.theme.templatetags.words import day
from daftar.terms.outcomes import AffiliationOutcome

NAMES: dict[str, Promise] = {
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "father_name": _("Name of the father"),
    "birth_date": _("Date of birth"),
    "insurance_number": _("Insurance number"),
    "id_booklet_no": _("Number of the identity booklet"),
    "number": _("Identity number"),
    "relation_type": _("Kind of relationship"),
    "kind": _("Description of the relationship"),
    "kinship": _("Kinship to the main insured"),
    "insurance_type": _("Type of insurance"),
    "office": _("Code of the branch"),
    "office_name": _("Name of the branch"),
    "workshop_number": _("Number of the workplace"),
    "workshop_name": _("Name of the workplace"),
    "starts": _("From"),
    "ends": _("Until"),
    "pensioner_number": _("Pensioner number"),
    "residence_address": _("Address of residence"),
    "phone": _("Telephone"),
    "mobile": _("Mobile"),
    "workshop_address": _("Address of the workplace"),
    "workshop_phone": _("Telephone of the workplace"),
    "employer_name": _("Name of the employer"),
}
KINSHIPS: dict[str, Promise] = {
    "spouse": _("Spouse"),
    "son": _("Son"),
    "daughter": _("Daughter"),
    "father": _("Father"),
    "mother": _("Mother"),
}
CODES = {
    *("insurance_number", "id_booklet_no", "number", "insurance_type", "office", "workshop_number"),
    *("pensioner_number", "phone", "mobile", "workshop_phone"),
}
"""Fields that are read from left to right in every language."""

DAYS = frozenset({"birth_date", "starts", "ends"})
OPEN_END = _("open")


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: what it is called and its value in words; `code` says that it runs from left to right."""

    name: str
    value: str
    code: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A titled group of fields."""

    title: str
    cells: list[Cell]


def answer_blocks(answer: AffiliationAnswer) -> list[Block]:
    """The blocks of an answer, in the order of its form."""
    return list(_blocks(answer))


def _blocks(answer: AffiliationAnswer) -> Iterator[Block]:
    if answer.person:
        yield _block(_("Person"), answer.person)
    title = _("Active relationship") if answer.outcome == AffiliationOutcome.ACTIVE else _("Relationship in the period")
    for spell in answer.spells or ():
        yield _block(title, _without_others(spell))
    if answer.main_insured:
        yield _block(_("Main insured"), answer.main_insured)
    if answer.contact:
        owner = (
            _("Residence and telephone of the main insured") if answer.main_insured else _("Residence and telephone")
        )
        yield _block(owner, {name: value for name, value in answer.contact.items() if name != "workplaces"})
        for place in answer.contact.get("workplaces") or ():
            yield _block(_("Workplace"), place)


def _without_others(spell: Mapping[str, Any]) -> Mapping[str, Any]:
    """A pensioner has no workplace, a worker no pensioner number: such empty fields are left out."""
    return {name: value for name, value in spell.items() if value is not None or name in DAYS}


def _block(title: Promise, fields: Mapping[str, Any]) -> Block:
    return Block(str(title), [_cell(name, value) for name, value in fields.items()])


def _cell(name: str, value: Any) -> Cell:
    return Cell(str(NAMES[name]), _spelled(name, value), name in CODES and bool(value))


def _spelled(name: str, value: Any) -> str:
    if value is None:
        return str(OPEN_END) if name == "ends" else "–"
    if name in DAYS:
        return day(value if isinstance(value, date) else date.fromisoformat(value))
    if name == "relation_type":
        return say(f"relation_type.{value}")
    if name == "kind":
        return say(f"basis.{value}")
    return str(KINSHIPS[value]) if name == "kinship" else str(value)
