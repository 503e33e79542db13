"""Who sees what of an affiliation: one table of organisation kind, outcome and role of the person (S1.18-S1.20).

Nothing else in the project decides which personal field leaves through an affiliation inquiry or a certificate. An
outcome and a tracking code are told in every cell. A provider has no cell: it may not ask at all (S1.5).
"""

from enum import StrEnum
from itertools import product
from typing import NamedTuple

from daftar.disclosure.affiliation.questions import OWN
from daftar.terms.outcomes import AffiliationOutcome


class Role(StrEnum):
    """The two forms of S1.20: «بیمه‌شده اصلی» and «افراد تبعی»."""

    MAIN = "main"
    DEPENDANT = "dependant"


class Seen(NamedTuple):
    """Fields that one cell permits.

    `contact` and `workplace` are the person's own, of a dependant those of the main insured (form O4-J-dep).
    """

    person: tuple[str, ...] = ()
    spell: tuple[str, ...] = ()
    main_insured: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    workplace: tuple[str, ...] = ()


_IDENTITY = ("given_name", "family_name", "father_name", "birth_date")
_INSURED = (*_IDENTITY, "insurance_number")
_MAIN_INSURED = (
    "given_name",
    "family_name",
    "father_name",
    "id_booklet_no",
    "number",
    "insurance_number",
    "birth_date",
)
_CONTACT = ("residence_address", "phone", "mobile")
_WORKPLACE = ("workshop_name", "workshop_address", "workshop_phone", "employer_name")

_SPELL = ("relation_type", "kind", "insurance_type", "office", "office_name", "workshop_number", "workshop_name")
_PAST = (*_SPELL, "starts", "ends")
_PRESENT = (*_SPELL, "starts", "pensioner_number")

_O1 = Seen()
_O2 = Seen(person=_IDENTITY)
_O3 = Seen(person=_IDENTITY, spell=_PAST)
_O4_MAIN = Seen(person=_INSURED, spell=_PRESENT)
_O4_DEPENDANT = Seen(person=_INSURED, spell=_PRESENT, main_insured=("insurance_number",))
_O4J_MAIN = Seen(person=_INSURED, spell=_PRESENT, contact=_CONTACT, workplace=_WORKPLACE)
_O4J_DEPENDANT = Seen(
    person=_INSURED, spell=(*_PRESENT, "kinship"), main_insured=_MAIN_INSURED, contact=_CONTACT, workplace=_WORKPLACE
)

_ORDINARY = ("fund", OWN)  # a citizen's certificate holds what a fund would be told (S1.26)
_JUDICIAL = ("judicial", "quasi_judicial")  # residence, workplace and telephone, in state 4 only (S1.19)
_ALL = (*_ORDINARY, *_JUDICIAL)
_BOTH = (Role.MAIN, Role.DEPENDANT)

_ROWS = (
    (_ALL, AffiliationOutcome.NO_RECORD, _BOTH, _O1),
    (_ALL, AffiliationOutcome.NOT_ACTIVE, _BOTH, _O2),
    (_ALL, AffiliationOutcome.AFFILIATED_IN_PERIOD, _BOTH, _O3),
    (_ORDINARY, AffiliationOutcome.ACTIVE, (Role.MAIN,), _O4_MAIN),
    (_ORDINARY, AffiliationOutcome.ACTIVE, (Role.DEPENDANT,), _O4_DEPENDANT),
    (_JUDICIAL, AffiliationOutcome.ACTIVE, (Role.MAIN,), _O4J_MAIN),
    (_JUDICIAL, AffiliationOutcome.ACTIVE, (Role.DEPENDANT,), _O4J_DEPENDANT),
)

WHO_SEES_WHAT: dict[tuple[str, AffiliationOutcome, Role], Seen] = {
    (kind, outcome, role): seen for kinds, outcome, roles, seen in _ROWS for kind, role in product(kinds, roles)
}
"""The fields permitted to an organisation kind for an outcome about a main insured or a dependant."""
