"""What became of a load, for the terminal, the API and the console."""

from dataclasses import dataclass, field

from daftar.feeds.block import Fault
from daftar.terms.texts import catalogue, text

MOST_QUARANTINED = 1_000
"""Rows listed in a report; all of them stand in feed_quarantine."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that was not let in; `line` counts the header as 1, `masked` shows a few characters of the value."""

    line: int
    column: str
    reason: str
    masked: str


@dataclass(slots=True)
class Report:
    """The counts of one batch. `rows` is the sum of changed, stale, unchanged, pending and quarantined ones.

    `problem` is set when the file as a whole was refused, or broke off: a code, and names after a colon.
    `released` are rows of other batches that had waited for these persons.
    """

    table: str
    name: str
    batch: int | None = None
    rows: int = 0
    changed: int = 0
    stale: int = 0
    unchanged: int = 0
    pending: int = 0
    quarantined_rows: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    released: int = 0
    persons_touched: int = 0
    already_loaded: bool = False
    problem: str | None = None

    @property
    def all_good(self) -> bool:
        """Nothing was refused."""
        return self.problem is None and self.quarantined_rows == 0


def listed(faults: list[Fault]) -> list[Quarantined]:
    """Refused rows for a report."""
    return [Quarantined(*fault) for fault in faults[:MOST_QUARANTINED]]


def reason_text(reason: str, language: str) -> str:
    """Why a row was refused, in the reader's language."""
    code = f"feed.{reason}"
    return text(code if code in catalogue(language) else f"input.{reason}", language)


def problem_text(problem: str, language: str) -> str:
    """Why a file was refused, in the reader's language."""
    code, _, names = problem.partition(":")
    words = reason_text(code, language)
    return f"{words} ({names.replace(',', ', ')})" if names else words
