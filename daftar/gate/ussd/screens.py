"""What stands on a telephone's screen: composed from texts, never longer than a screen holds (S2.20)."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from daftar.gate.ussd.menu import LANGUAGES, PLACES, Option
from daftar.terms.calendars import show_day_short
from daftar.terms.gsm import fits_screen
from daftar.terms.jurisdictions import Jurisdiction
from daftar.terms.texts import text
from daftar.terms.tracking_codes import grouped

ORGANISATIONS_A_PAGE = 3
NEXT_PAGE = "9"
_LONGEST_NAME = 40
_PIECE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+")
"""Where a line may break: after a word, and anywhere in Chinese."""


def words(code: str, language: str, /, **values: str) -> str:
    """A text of this channel."""
    return text(f"ussd.{code}", language, **values)


def screen(place: str, language: str, /, *, heading: str = "", providers: bool = True, **values: str) -> str:
    """A place's heading, or another one, and its options below."""
    top = words(heading or PLACES[place].heading, language, **values)
    return _listed(top, PLACES[place].options, language, providers)


def page(top: str, place: str, language: str) -> str:
    """A text of its own above the options of a place."""
    return _listed(top, PLACES[place].options, language, True)


def choose_language() -> str:
    """The languages, each in its own words."""
    return "\n".join(f"{key} {name}" for key, (_, name) in LANGUAGES.items())


def choose_organisation(names: Sequence[str], language: str, more: bool) -> str:
    """A page of providers of which one is to be chosen, their names as long as there is room."""
    last = [f"{NEXT_PAGE} {words('to_more', language)}"] if more else []
    for room in range(_LONGEST_NAME, 0, -1):
        lines = [f"{key} {name[:room].rstrip()}" for key, name in enumerate(names, start=1)]
        made = "\n".join([words("organisation", language), *lines, *last])
        if fits_screen(made):
            return made
    raise ValueError("no room for the names of providers")


def pages(whole: str, language: str) -> list[str]:
    """A text cut into screens; all but the last offer to go on."""
    more = f"\n1 {words('to_more', language)}"
    cut: list[str] = []
    rest = _PIECE.findall(whole)
    while rest and not fits_screen("".join(rest).strip()):
        taken = next(count for count in range(len(rest), 0, -1) if fits_screen("".join(rest[:count]).strip() + more))
        cut.append("".join(rest[:taken]).strip())
        rest = rest[taken:]
    return [*cut, "".join(rest).strip()]


def spaced(code: str, language: str) -> str:
    """A tracking code in fours. In a Persian line plain spaces would turn the groups round: these hold them."""
    return grouped(code).replace(" ", "\u00a0") if language == "fa" else grouped(code)


def code_lines(told: Sequence[tuple[str, datetime]], jurisdiction: Jurisdiction, at: datetime, language: str) -> str:
    """Tracking codes with their time, or with the day when it was another one."""
    zone = ZoneInfo(jurisdiction.time_zone)
    lines = []
    for code, when in told:
        local, today = when.astimezone(zone), at.astimezone(zone).date()
        said = f"{local:%H:%M}" if local.date() == today else show_day_short(local.date(), language)[5:]
        lines.append(f"{spaced(code, language)} {said}")
    return "\n".join(lines)


def _listed(top: str, options: Sequence[Option], language: str, providers: bool) -> str:
    offered = [each for each in options if providers or not each.for_providers]
    return "\n".join([top, *(f"{each.key} {words(each.text, language)}" for each in offered)])
