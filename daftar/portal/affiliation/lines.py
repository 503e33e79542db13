"""Lines of an inquiry file: read into questions, answered together, written as lines of the answer file."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import StringIO

from django.conf import settings

from daftar.disclosure.affiliation import (
    AffiliationAnswer,
    AffiliationQuestion,
    AffiliationRefused,
    AffiliationReply,
    Fault,
    ask_affiliation,
    record_attempts,
    unread_key,
)
from daftar.disclosure.agreements import AFFILIATION
from daftar.portal.affiliation.columns import AnswerColumns
from daftar.portal.affiliation.heading import MARK, NUMBER, PERIOD_FROM, PERIOD_TO, TYPE, Heading
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


@dataclass(slots=True)
class Line:
    """One line as it was sent, and what it asks or why it cannot be asked."""

    number: int
    cells: dict[str, str]
    question: AffiliationQuestion | None = None
    problem: str = ""
    fault: Fault | None = None


def answer_lines(file: InquiryFile, heading: Heading, first_line: int, text: bytes, at: datetime) -> Answered:
    """Answer and journal the lines of a part. Call it inside `atomic()`."""
    lines = list(_read(file, heading, first_line, text))
    questions = [line.question for line in lines if line.question is not None]
    replies = iter(
        ask_affiliation(raw_connection(), questions, at=at, secrets=settings.SECRETS, writer=WRITER, tracking=TRACKING)
        if questions
        else ()
    )
    _journal_unread(file, [line for line in lines if line.question is None], at)
    done = Answered(lines=len(lines))
    told = StringIO()
    writer, columns = csv.writer(told, lineterminator="\r\n"), AnswerColumns(file.kind, file.language)
    for line in lines:
        reply = None if line.question is None else next(replies)
        writer.writerow(_written(line, reply, columns, done, file.language))
    done.text = told.getvalue().encode()
    return done


def answers_heading(kind: str, language: str) -> bytes:
    """The first line of an answer file; spreadsheets know by the mark in front that it is UTF-8."""
    told = StringIO()
    csv.writer(told, lineterminator="\r\n").writerow(AnswerColumns(kind, language).heading())
    return told.getvalue().encode("utf-8-sig")


def _written(
    line: Line, reply: AffiliationReply | None, columns: AnswerColumns, done: Answered, language: str
) -> list[str | None]:
    """A line of the answers; counts what it came to."""
    asked = [str(line.number), *(line.cells.get(name, "") for name in (MARK, NUMBER, PERIOD_FROM, PERIOD_TO))]
    if isinstance(reply, AffiliationAnswer):
        done.outcomes[reply.outcome] += 1
        return columns.answered(asked, reply)
    problem = line.problem
    code = ""
    if reply is not None:
        faults = [text_of(f"input.{fault.code}", language) for fault in reply.faults]
        problem = " ".join(faults) or text_of(f"problem.{reply.problem}", language)
        code = reply.tracking_code or ""
        done.refused = reply.problem if reply.problem in ENDING else done.refused
    done.problems += 1
    return columns.refused(asked, code, problem)


def _read(file: InquiryFile, heading: Heading, first_line: int, text: bytes) -> Iterator[Line]:
    types = jurisdictions()[file.jurisdiction].identifier_types
    for number, raw in enumerate(text.decode("utf-8").split("\n"), first_line):
        if not raw or raw.isspace():
            continue
        line = Line(number, {})
        try:
            line.cells = _cells(heading, raw.strip("\r\n"))
            line.question = _understood(file, line.cells, types)
        except Misunderstood as error:
            line.fault = Fault("line", error.code)
            line.problem = text_of(f"input.{error.code}", file.language, **error.values)
        yield line


def _cells(heading: Heading, raw: str) -> dict[str, str]:
    """The cells of a line by column; missing ones at the end are empty."""
    cells = next(csv.reader([raw], delimiter=heading.separator)) if '"' in raw else raw.split(heading.separator)
    if len(cells) > len(heading.columns) and any(cell.strip() for cell in cells[len(heading.columns) :]):
        raise Misunderstood("file_cells_too_many")
    return dict(zip(heading.columns, map(str.strip, cells), strict=False))


def _understood(file: InquiryFile, cells: dict[str, str], types: Sequence[str]) -> AffiliationQuestion:
    chosen = cells.get(TYPE) or types[0]
    if chosen not in types:
        raise Misunderstood("unknown_identifier_type")
    identifier = read_identifier(chosen, cells.get(NUMBER, ""))
    key = settings.SECRETS.key(identifier.type, identifier.number)
    return _question(file, key, _day(cells.get(PERIOD_FROM)), _day(cells.get(PERIOD_TO)))


def _question(file: InquiryFile, key: Key, first: date | None, last: date | None) -> AffiliationQuestion:
    return AffiliationQuestion(
        key=key,
        jurisdiction=file.jurisdiction,
        organisation=file.organisation,
        organisation_kind=file.kind,
        channel=Channel.FILE,
        ground=Ground.AGREEMENT,
        account=file.account,
        period_from=first,
        period_to=last,
        reference_number=file.reference_number or None,
        reference_date=file.reference_date,
        purpose=AFFILIATION,
    )


def _day(typed: str | None) -> date | None:
    return day_of(typed) if typed else None


def _journal_unread(file: InquiryFile, lines: list[Line], at: datetime) -> None:
    """Attempts whose person or days could not be read stand in the journal too."""
    if lines:
        attempts = [
            (_asked(file, line), AffiliationRefused("invalid-input", (line.fault or UNREAD,))) for line in lines
        ]
        today = jurisdictions()[file.jurisdiction].today(at)
        record_attempts(raw_connection(), attempts, today=today, at=at, writer=WRITER, tracking=TRACKING)


def _asked(file: InquiryFile, line: Line) -> AffiliationQuestion:
    typed = (line.cells.get(TYPE, ""), line.cells.get(NUMBER, ""))
    return _question(file, unread_key(settings.SECRETS, *typed), None, None)
