"""What became of a load, for the terminal, the API and the console."""

from dataclasses import dataclass, field

from daftar.feeds.block import Fault, FileRefused
from daftar.terms.texts import catalogue, text

COVER_NOT_MADE = "cover_not_made"
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

    `problem` is the code when the file as a whole was refused, or broke off; `problem_names` are columns or formats.
    `released` are rows of other batches that had waited for these persons. `persons_left`, of any batch, are those
    whose facts cannot be read: their spans stay as they were, and they wait.
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
    persons_left: int = 0
    already_loaded: bool = False
    problem: str | None = None
    problem_names: tuple[str, ...] = ()

    def refuse(self, refused: FileRefused) -> "Report":
        """Note why the file as a whole was refused."""
        self.problem, self.problem_names = refused.code, refused.names
        return self

    @property
    def told(self) -> str:
        """What the batch says of itself where not all went well: code and names in one line."""
        if self.problem is not None:
            return str(FileRefused(self.problem, *self.problem_names))
        return str(FileRefused(COVER_NOT_MADE, str(self.persons_left))) if self.persons_left else ""

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


def problem_text(problem: str, names: tuple[str, ...], language: str) -> str:
    """Why a file was refused, in the reader's language."""
    words = reason_text(problem, language)
    return f"{words} ({', '.join(names)})" if names else words
