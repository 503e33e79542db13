"""Files of inquiries: taken in, answered part by part, fetched, forgotten (S1.7, S1.29).

A part is answered in one transaction with its lines in the journal and the progress of its file. Who answers it holds
its row; a worker that dies leaves the part as it was, for the next worker to answer.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.answers.metrics import INQUIRIES
from daftar.portal.affiliation.collector import collector_rests
from daftar.portal.affiliation.heading import LONGEST_HEADING, heading_spelled, read_heading
from daftar.portal.affiliation.lines import Answered, answer_lines, answers_heading
from daftar.portal.affiliation.models import InquiryFile, InquiryFilePart
from daftar.portal.affiliation.parts import cut, open_sealed, seal
from daftar.portal.journal.services import looks_record
from daftar.portal.theme.errors import AWAY
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground

KEPT = timedelta(days=7)
"""How long the answers can be fetched; then the lines are gone, and the row of the file alone stays."""

OPEN = ("waiting", "answering")
ENDED = ("answered", "refused")


@transaction.atomic
def file_take_in(
    *,
    content: BytesIO,
    organisation: str,
    kind: str,
    account: str,
    jurisdiction: str,
    language: str,
    reference: tuple[str, date | None],
    at: datetime,
) -> InquiryFile:
    """Keep a file to be answered; `reference` is the letter's number and date.

    Raises Misunderstood with what is wrong with the file as a whole: `file_empty`, `file_not_text`,
    `file_without_number`, `file_unknown_column`, `file_column_twice`, `file_line_too_long`, `too_many`.
    """
    try:
        heading = read_heading(content.readline(LONGEST_HEADING).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Misunderstood("file_not_text") from None
    file = InquiryFile(
        organisation=organisation,
        kind=kind,
        account=account,
        jurisdiction=jurisdiction,
        language=language,
        reference_number=reference[0],
        reference_date=reference[1],
        heading=heading.spelled(),
        lines=0,
        sent_at=at,
    )
    for part in cut(content):
        file.lines += part.count
        InquiryFilePart.objects.create(
            file=file.id, number=part.number, first_line=part.first_line, asked=seal(part.text, "asked")
        )
    if not file.lines:
        raise Misunderstood("file_empty")
    file.save(force_insert=True)
    return file


def next_part() -> InquiryFilePart | None:
    """A part that waits, of the file that has come least far; locked until the transaction ends."""
    for id in InquiryFile.objects.filter(state__in=OPEN).order_by("done", "sent_at").values_list("id", flat=True)[:8]:
        waiting = InquiryFilePart.objects.select_for_update(skip_locked=True).filter(file=id, asked__isnull=False)
        part = waiting.order_by("number").first()
        if part is not None:
            return part
    return None


class Unanswerable(Exception):
    """Something in a part broke the program; nothing of it was written. `file` is the file."""

    def __init__(self, file: UUID) -> None:
        super().__init__(str(file))
        self.file = file


def part_answer(at: datetime) -> int | None:
    """Answer one part that waits, in one transaction: how many lines; None when there is nothing to do.

    Raises Unanswerable when it cannot be opened or breaks the program, and the database's own errors.
    """
    with transaction.atomic(), collector_rests():
        part = next_part()
        if part is None:
            return None
        try:
            done = _answer(part, at)
        except AWAY:
            raise
        except Exception as error:
            raise Unanswerable(part.file) from error
        InquiryFilePart.objects.filter(file=part.file, number=part.number).update(
            asked=None, answered=seal(done.text, "answered")
        )
        _progress(part.file, done, at)
    for outcome, count in done.outcomes.items():
        INQUIRIES.labels(Channel.FILE, outcome).inc(count)
    return done.lines


@transaction.atomic
def fetch_record(*, file: InquiryFile, by: str, at: datetime) -> None:
    """Journal that the answers of a file are fetched."""
    InquiryFile.objects.filter(id=file.id).update(fetched_at=at)
    entry = Entry(
        channel=Channel.FILE,
        mode="answers_fetched",
        key=settings.SECRETS.key("organisation", file.organisation),  # nobody's: each line has a row of its own
        outcome="exported",
        reason="exported",
        ground=Ground.AGREEMENT,
        shown="answers",
        organisation=file.organisation,
        account=by,
        reference=f"{file.id} {file.done}",
    )
    looks_record([entry], at=at)


def _answer(part: InquiryFilePart, at: datetime) -> Answered:
    file = InquiryFile.objects.get(id=part.file)
    asked = open_sealed(part.asked, "asked")
    return answer_lines(file, heading_spelled(file.heading), part.first_line, asked, at)


def answers_of(file: InquiryFile) -> Iterator[bytes]:
    """The answers as a file, part by part in their order."""
    yield answers_heading(file.kind, file.language)
    numbers = InquiryFilePart.objects.filter(file=file.id, answered__isnull=False).order_by("number")
    for number in list(numbers.values_list("number", flat=True)):
        part = InquiryFilePart.objects.filter(file=file.id, number=number, answered__isnull=False).first()
        if part is not None:
            yield open_sealed(part.answered, "answered")


@transaction.atomic
def file_give_up(file: UUID, at: datetime) -> None:
    """A part cannot be opened or breaks the program: its file is stopped, and others go on."""
    InquiryFilePart.objects.filter(file=file, asked__isnull=False).delete()
    InquiryFile.objects.filter(id=file).update(state="refused", problem="file-unanswerable", finished_at=at)


@transaction.atomic
def file_forget(file: UUID) -> None:
    """Delete the lines of a file, asked and answered."""
    InquiryFilePart.objects.filter(file=file).delete()
    InquiryFile.objects.filter(id=file).update(state="forgotten")


def files_due(at: datetime) -> list[UUID]:
    """Files whose answers have been kept long enough."""
    over = InquiryFile.objects.filter(state__in=ENDED, finished_at__lt=at - KEPT)
    return list(over.values_list("id", flat=True))


def _progress(id: UUID, done: Answered, at: datetime) -> None:
    """Count a part in its file's row, as the last thing of the transaction: other workers wait for this row.

    Where the organisation may ask no longer, what is not answered yet stays unanswered, and is deleted.
    """
    file = InquiryFile.objects.select_for_update().get(id=id)
    file.done += done.lines
    file.problems += done.problems
    file.outcomes = dict(Counter(file.outcomes) + done.outcomes)
    file.state = "answered" if file.done >= file.lines else "answering"
    if done.refused and file.state != "answered":
        file.state, file.problem = "refused", done.refused
        InquiryFilePart.objects.filter(file=id, asked__isnull=False).delete()
    file.finished_at = at if file.state in ENDED else None
    file.save(update_fields=["done", "problems", "outcomes", "state", "problem", "finished_at"])
