"""The columns of an answer file: what was asked, the outcome, and the fields that the organisation's kind may see."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from msgspec.structs import astuple

from daftar.disclosure.affiliation import Projection
from daftar.disclosure.who_sees_what import WHO_SEES_WHAT
from daftar.portal.affiliation.csv_cells import cells_text
from daftar.portal.affiliation.shown import DAYS
from daftar.portal.directory.sheets import harmless
from daftar.terms.calendars import show_day_short
from daftar.terms.digits import to_latin
from daftar.terms.outcomes import AffiliationOutcome
from daftar.terms.texts import text as text_of

ASKED = ("line", "mark", "number", "period_from", "period_to")
ANSWER = ("tracking_code", "outcome", "text", "problem")
GROUPS = ("person", "spell", "main_insured", "contact", "workplace")
TOGETHER = " | "
"""Between the values of several spells or workplaces of one person."""

END = "\r\n"

Values = tuple[Any, ...]


class Group:
    """The columns of one group of fields, and where the fields of each kind of record stand in them."""

    def __init__(self, columns: tuple[str, ...], language: str) -> None:
        self.columns = columns
        self.empty = [""] * len(columns)
        self._language = language
        self._days = [place for place, name in enumerate(columns) if name in DAYS]
        self._arrangements: dict[type, Callable[[Values], Values]] = {}

    def texts(self, records: Sequence[Any]) -> list[str]:
        """The values of some records in the order of the columns; where there are several, of each field together."""
        if not records:
            return self.empty
        if len(records) == 1:
            return self._texts(records[0])
        columns = zip(*map(self._texts, records), strict=True)
        return [TOGETHER.join(map(harmless, texts)) if any(texts) else "" for texts in columns]

    def _texts(self, record: Any) -> list[str]:
        arrange = self._arrangements.get(record.__class__)
        if arrange is None:
            arrange = self._arrangements[record.__class__] = _arrangement(record.__struct_fields__, self.columns)
        texts = [each or "" for each in arrange(astuple(record))]
        for place in self._days:
            if texts[place]:
                texts[place] = _day(texts[place], self._language)
        return texts


class AnswerColumns:
    """Writes lines for one kind of organisation in one language: days in its calendar, in Latin digits."""

    def __init__(self, kind: str, language: str) -> None:
        self.groups = [Group(_permitted(kind, group), language) for group in GROUPS]
        self.empty = "," * sum(len(group.columns) for group in self.groups)
        self.outcomes = {
            each: cells_text((each, text_of(f"outcome.{each}", language), "")) for each in AffiliationOutcome
        }

    def heading(self) -> str:
        """Names of the columns, the same in every language."""
        fields = [
            f"{name}.{column}" for name, group in zip(GROUPS, self.groups, strict=True) for column in group.columns
        ]
        return ",".join((*ASKED, *ANSWER, *fields)) + END

    def answered(
        self, number: int, asked: Sequence[str], code: str, outcome: AffiliationOutcome, told: Projection
    ) -> str:
        """A line with its outcome."""
        fields = self._fields(told) if told.person else self.empty
        return f"{number}{cells_text(asked)},{code}{self.outcomes[outcome]}{fields}{END}"

    def refused(self, number: int, asked: Sequence[str], code: str, problem: str) -> str:
        """A line with its problem; nothing is disclosed."""
        return f"{number}{cells_text(asked)},{code},,{cells_text((problem,))}{self.empty}{END}"

    def _fields(self, told: Projection) -> str:
        person, spell, main_insured, contact, workplace = self.groups
        return cells_text(
            [
                *person.texts((told.person,)),
                *spell.texts(told.spells or ()),
                *main_insured.texts((told.main_insured,) if told.main_insured else ()),
                *contact.texts((told.contact,) if told.contact else ()),
                *workplace.texts(told.workplaces),
            ]
        )


def _arrangement(fields: tuple[str, ...], columns: tuple[str, ...]) -> Callable[[Values], Values]:
    """Puts values of `fields`, which all have a column, in the order of the columns; what is missing is None."""
    if fields == columns:
        return tuple
    pick = itemgetter(*(fields.index(name) if name in fields else -1 for name in columns))
    return lambda values: pick((*values, None))


@lru_cache(maxsize=8192)
def _day(value: date, language: str) -> str:
    return to_latin(show_day_short(value, language))


def _permitted(kind: str, group: str) -> tuple[str, ...]:
    """Every field of a group that some cell of the who-sees-what table permits to this kind, in its order."""
    cells = (getattr(seen, group) for (each, *_), seen in WHO_SEES_WHAT.items() if each == kind)
    return tuple(dict.fromkeys(chain.from_iterable(cells)))
