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

FORMULA = ("=", "@", "\t", "\r")
"""What a spreadsheet would run; such a cell gets an apostrophe in front."""


class AnswerColumns:
    """Writes lines for one kind of organisation in one language: days in its calendar, in Latin digits."""

    def __init__(self, kind: str, language: str) -> None:
        self.language = language
        self.groups = {group: _permitted(kind, group) for group in GROUPS}
        self.sentences = {each: text_of(f"outcome.{each}", language) for each in AffiliationOutcome}
        self.empty = [""] * sum(map(len, self.groups.values()))

    def heading(self) -> list[str]:
        """Names of the columns, the same in every language."""
        fields = [f"{group}.{name}" for group, names in self.groups.items() for name in names]
        return [*ASKED, *ANSWER, *fields]

    def answered(self, asked: list[str], answer: AffiliationAnswer) -> list[str]:
        """A line with its outcome."""
        sentence = self.sentences[answer.outcome]
        told = self._fields(answer) if answer.person else self.empty
        return [*_safe(asked), answer.tracking_code, answer.outcome, sentence, "", *told]

    def refused(self, asked: list[str], code: str, problem: str) -> list[str]:
        """A line with its problem; nothing is disclosed."""
        return [*_safe(asked), code, "", "", problem, *self.empty]

    def _fields(self, answer: AffiliationAnswer) -> list[str]:
        contact = answer.contact or {}
        rows: dict[str, Iterable[Mapping[str, Any]]] = {
            "person": [answer.person or {}],
            "spell": answer.spells or (),
            "main_insured": [answer.main_insured or {}],
            "contact": [contact],
            "workplace": contact.get("workplaces") or (),
        }
        return [self._joined(rows[group], name) for group, names in self.groups.items() for name in names]

    def _joined(self, rows: Iterable[Mapping[str, Any]], name: str) -> str:
        values = [self._spelled(row.get(name)) for row in rows]
        return TOGETHER.join(values) if any(values) else ""

    def _spelled(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, date):
            return _day(value, self.language)
        text = str(value)
        return f"'{text}" if text.startswith(FORMULA) else text


@lru_cache(maxsize=8192)
def _day(value: date, language: str) -> str:
    return to_latin(show_day_short(value, language))


def _safe(asked: list[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in asked]


def _permitted(kind: str, group: str) -> list[str]:
    """Every field of a group that some cell of the who-sees-what table permits to this kind, in its order."""
    cells = (getattr(seen, group) for (each, *_), seen in WHO_SEES_WHAT.items() if each == kind)
    return list(dict.fromkeys(chain.from_iterable(cells)))
