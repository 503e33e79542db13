"""The menu as data (S2.20): its places, what may be typed in each, and where that leads.

An option leads to a place of the same name, or to an errand: what only the database can tell. Numbers of options
stay the same for everybody, so that `*1420*2*<number>#` can be dialled at once.
"""

from dataclasses import dataclass
from enum import StrEnum


class Errand(StrEnum):
    """What is asked of the database."""

    OWN = "own"  # the specific mode, about the caller or those they may ask about (S2.8)
    PATIENT = "patient"  # the general mode, for a provider (S2.7)
    CODES = "codes"  # the last tracking codes told to this number
    OBJECT = "object"  # an objection to an answer (S2.12)


@dataclass(frozen=True, slots=True)
class Option:
    """A key, its text `ussd.to_…` and where it leads; some are offered to registered providers only (S2.19)."""

    key: str
    text: str
    leads: str | Errand
    for_providers: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A screen that waits: its heading `ussd.<heading>`, its options, and what else may be typed for which errand."""

    heading: str
    options: tuple[Option, ...] = ()
    reads: Errand | None = None  # a person's number; for OBJECT a tracking code


MENU, OWN, PATIENT, OBJECT, LANGUAGE = "menu", "own", "patient", "object", "language"
ORGANISATION, SURE, WHY, PAGES, FOREIGNER = "organisation", "sure", "why", "pages", "foreigner"
DOUBT_OWN, DOUBT_PATIENT, TOLD_NOT, TOLD_PATIENT = "doubt_own", "doubt_patient", "told_not", "told_patient"

LANGUAGES = {"1": ("fa", "فارسی"), "2": ("zh", "中文"), "3": ("en", "English")}
_TO_MENU = Option("0", "to_menu", MENU)
_DOUBT = (Option("1", "to_foreigner", FOREIGNER), _TO_MENU)

PLACES = {
    MENU: Place(
        "menu",
        (
            Option("1", "to_own", OWN),
            Option("2", "to_patient", PATIENT, for_providers=True),
            Option("3", "to_codes", Errand.CODES),
            Option("4", "to_object", OBJECT),
            Option("5", "to_language", LANGUAGE),
        ),
    ),
    OWN: Place("own", (_TO_MENU,), Errand.OWN),
    PATIENT: Place("patient", (_TO_MENU,), Errand.PATIENT),
    DOUBT_OWN: Place("wrong", _DOUBT, Errand.OWN),
    DOUBT_PATIENT: Place("wrong", _DOUBT, Errand.PATIENT),
    OBJECT: Place("object", (_TO_MENU,), Errand.OBJECT),
    SURE: Place("sure", (Option("1", "yes", Errand.OBJECT), _TO_MENU)),
    TOLD_NOT: Place("told", (Option("1", "to_why", WHY), Option("2", "to_object", SURE))),
    TOLD_PATIENT: Place("told", (Option("1", "to_next_patient", PATIENT),)),
    PAGES: Place("", (Option("1", "to_more", PAGES),)),
}
"""The places whose options are always the same; those of LANGUAGE and ORGANISATION are made for the caller."""
