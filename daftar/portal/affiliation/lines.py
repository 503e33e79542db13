"""Lines of an inquiry file: read into questions, answered together, written as lines of the answer file."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

import msgspec
from django.conf import settings

from daftar.disclosure.affiliation import (
    AffiliationQuestion,
    AffiliationRefused,
    Fault,
    Noted,
    Told,
    ask_affiliation_lines,
    record_attempts,
    unread_key,
)
from daftar.disclosure.agreements import AFFILIATION
from daftar.portal.affiliation.columns import AnswerColumns
from daftar.portal.affiliation.csv_cells import BLANK, LineReader
from daftar.portal.affiliation.heading import Heading
from daftar.portal.affiliation.models import InquiryFile
from daftar.portal.journal.services import TRACKING, WRITER, raw_connection
from daftar.store.keys import Key
from daftar.terms.calendars import read_day
from daftar.terms.identifiers import read_identifier
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.texts import text as text_of

ENDING = ("no-agreement", "quota-exceeded")
"""Refusals that hold for every line that follows."""

UNREAD = Fault("line", "malformed")
day_of = lru_cache(maxsize=4096)(read_day)  # most lines of a file ask about the same few days


@dataclass(slots=True)
class Answered:
    """A part answered: its lines, how many, and how many came to what."""

    text: bytes = b""
    lines: int = 0
    problems: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    refused: str = ""


class Line(msgspec.Struct, gc=False):
    """One line as it was sent, and what it asks or why it cannot be asked."""

    number: int
    cells: tuple[str, ...] = BLANK
    question: AffiliationQuestion | None = None
    problem: str = ""
    fault: Fault | None = None


def answer_lines(file: InquiryFile, heading: Heading, first_line: int, text: bytes, at: datetime) -> Answered:
    """Answer and journal the lines of a part. Call it inside `atomic()`."""
    lines = list(_read(file, heading, first_line, text))
    questions = [line.question for line in lines if line.question is not None]
    noted = iter(_asked(questions, at) if questions else ())
    _journal_unread(file, [line for line in lines if line.question is None], at)
    done, columns = Answered(lines=len(lines)), AnswerColumns(file.kind, file.language)
    written = [
        _written(line, None if line.question is None else next(noted), columns, done, file.language) for line in lines
    ]
    done.text = "".join(written).encode()
    return done


def answers_heading(kind: str, language: str) -> bytes:
    """The first line of an answer file; spreadsheets know by the mark in front that it is UTF-8."""
    return AnswerColumns(kind, language).heading().encode("utf-8-sig")


def _asked(questions: list[AffiliationQuestion], at: datetime) -> list[Noted]:
    secrets = settings.SECRETS
    return ask_affiliation_lines(raw_connection(), questions, at=at, secrets=secrets, writer=WRITER, tracking=TRACKING)


def _written(line: Line, noted: Noted | None, columns: AnswerColumns, done: Answered, language: str) -> str:
    """A line of the answers; counts what it came to."""
    asked = line.cells[:4]  # mark, number and period
    if noted is None:
        done.problems += 1
        return columns.refused(line.number, asked, "", line.problem)
    code, told = noted
    if isinstance(told, Told):
        outcome = told.decision.outcome
        done.outcomes[outcome] += 1
        return columns.answered(line.number, asked, code, outcome, told.projection)
    done.problems += 1
    done.refused = told.problem if told.problem in ENDING else done.refused
    faults = [text_of(f"input.{fault.code}", language) for fault in told.faults]
    problem = " ".join(faults) or text_of(f"problem.{told.problem}", language)
    return columns.refused(line.number, asked, code, problem)


def _read(file: InquiryFile, heading: Heading, first_line: int, text: bytes) -> Iterator[Line]:
    understood = _reader_of(file)
    cells_of = LineReader(heading).cells
    for number, raw in enumerate(text.decode("utf-8").split("\n"), first_line):
        if not raw or raw.isspace():
            continue
        line = Line(number)
        try:
            line.cells = cells_of(raw.strip("\r\n"))
            line.question = understood(line.cells)
        except Misunderstood as error:
            line.fault = Fault("line", error.code)
            line.problem = text_of(f"input.{error.code}", file.language, **error.values)
        yield line


def _reader_of(file: InquiryFile) -> Callable[[tuple[str, ...]], AffiliationQuestion]:
    """What makes a question of the cells of a line, or raises Misunderstood."""
    types = jurisdictions()[file.jurisdiction].identifier_types
    question, key_of = _question_of(file), settings.SECRETS.key

    def understood(cells: tuple[str, ...]) -> AffiliationQuestion:
        _, typed, first, last, chosen = cells
        chosen = chosen or types[0]
        if chosen not in types:
            raise Misunderstood("unknown_identifier_type")
        identifier = read_identifier(chosen, typed)
        key = key_of(identifier.type, identifier.number)
        return question(key, day_of(first) if first else None, day_of(last) if last else None)

    return understood


def _question_of(file: InquiryFile) -> Callable[..., AffiliationQuestion]:
    """What makes a question of a key and a period, if there is one; all else the questions of a file have in common."""
    asker = (file.jurisdiction, file.organisation, file.kind, Channel.FILE, Ground.AGREEMENT, file.account)
    letter = (file.reference_number or None, file.reference_date, AFFILIATION)

    def question(key: Key, first: date | None = None, last: date | None = None) -> AffiliationQuestion:
        return AffiliationQuestion(key, *asker, first, last, *letter)

    return question


def _journal_unread(file: InquiryFile, lines: list[Line], at: datetime) -> None:
    """Attempts whose person or days could not be read stand in the journal too."""
    if lines:
        question = _question_of(file)
        attempts = [
            (question(_unread_key(line)), AffiliationRefused("invalid-input", (line.fault or UNREAD,)))
            for line in lines
        ]
        today = jurisdictions()[file.jurisdiction].today(at)
        record_attempts(raw_connection(), attempts, today=today, at=at, writer=WRITER, tracking=TRACKING)


def _unread_key(line: Line) -> Key:
    _, typed, _, _, chosen = line.cells
    return unread_key(settings.SECRETS, chosen, typed)
