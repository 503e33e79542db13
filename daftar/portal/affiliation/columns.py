"""The columns of an answer file: what was asked, the outcome, and the fields that the organisation's kind may see."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.disclosure.who_sees_what import WHO_SEES_WHAT
from daftar.terms.calendars import show_day_short
from daftar.terms.digits import to_latin
from daftar.terms.outcomes import AffiliationOutcome
from daftar.terms.texts import text as text_of

ASKED = ("line", "mark", "number", "period_from", "period_to")
ANSWER = ("tracking_code", "outcome", "text", "problem")
GROUPS = ("person", "spell", "main_insured", "contact", "workplace")
TOGETHER = " | "
"""Between the values of several spells or workplaces of one person."""

FORMULA = frozenset("=@\t\r")
"""What a spreadsheet would run; such a cell gets an apostrophe in front."""


class AnswerColumns:
    """Writes lines for one kind of organisation in one language: days in its calendar, in Latin digits."""

    def __init__(self, kind: str, language: str) -> None:
        self.language = language
        self.groups = {group: _permitted(kind, group) for group in GROUPS}
        self.sentences = {each: text_of(f"outcome.{each}", language) for each in AffiliationOutcome}
        self.empties: dict[str, list[str | None]] = {group: [None] * len(each) for group, each in self.groups.items()}
        self.empty = [None] * sum(map(len, self.groups.values()))

    def heading(self) -> list[str]:
        """Names of the columns, the same in every language."""
        fields = [f"{group}.{name}" for group, names in self.groups.items() for name in names]
        return [*ASKED, *ANSWER, *fields]

    def answered(self, asked: list[str], answer: AffiliationAnswer) -> list[str | None]:
        """A line with its outcome."""
        sentence = self.sentences[answer.outcome]
        told = self._fields(answer) if answer.person else self.empty
        return [*_safe(asked), answer.tracking_code, answer.outcome, sentence, "", *told]

    def refused(self, asked: list[str], code: str, problem: str) -> list[str | None]:
        """A line with its problem; nothing is disclosed."""
        return [*_safe(asked), code, "", "", problem, *self.empty]

    def _fields(self, answer: AffiliationAnswer) -> list[str | None]:
        contact = answer.contact
        cells = self._cells("person", answer.person)
        spells = answer.spells or (None,)
        cells += self._cells("spell", spells[0]) if len(spells) == 1 else self._several("spell", spells)
        cells += self._cells("main_insured", answer.main_insured)
        if self.groups["contact"]:
            cells += self._cells("contact", contact)
            cells += self._several("workplace", contact["workplaces"] if contact else ())
        return cells

    def _cells(self, group: str, row: Mapping[str, Any] | None) -> list[str | None]:
        """The cells of a group of which there is one row; most lines have no other."""
        if row is None:
            return self.empties[group].copy()
        get, language = row.get, self.language
        return [
            value
            if value is None or (value.__class__ is not date and value[0] not in FORMULA)
            else _spelled(value, language)
            for value in map(get, self.groups[group])
        ]

    def _several(self, group: str, rows: Iterable[Mapping[str, Any]]) -> list[str | None]:
        """The cells of a group with several rows: the values of each field together."""
        columns = zip(*(self._cells(group, row) for row in rows), strict=True)
        joined = [TOGETHER.join(value or "" for value in values) if any(values) else None for values in columns]
        return joined or self.empties[group].copy()


def _spelled(value: Any, language: str) -> str:
    """A day in the file's calendar, or a text that a spreadsheet would run."""
    return _day(value, language) if isinstance(value, date) else f"'{value}"


@lru_cache(maxsize=8192)
def _day(value: date, language: str) -> str:
    return to_latin(show_day_short(value, language))


def _safe(asked: list[str]) -> list[str]:
    return [f"'{cell}" if cell and cell[0] in FORMULA else cell for cell in asked]


def _permitted(kind: str, group: str) -> list[str]:
    """Every field of a group that some cell of the who-sees-what table permits to this kind, in its order."""
    cells = (getattr(seen, group) for (each, *_), seen in WHO_SEES_WHAT.items() if each == kind)
    return list(dict.fromkeys(chain.from_iterable(cells)))
