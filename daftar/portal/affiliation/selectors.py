"""Reading affiliation inquiries: those of an organisation, those of all (S1.29), and answers kept for the asker."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import QuerySet

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.portal.affiliation.models import InquiryFile, KeptAnswer
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.selectors import inquiry_row
from daftar.portal.journal.services import TRACKING
from daftar.terms.calendars import read_iso_day
from daftar.terms.outcomes import Mode
from daftar.terms.tracking_codes import TrackingCode

PAGE = 50
MOST_EXPORTED = 100_000
KEPT_ABOUT = "kept_answer"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which inquiries: of one organisation or of all, of one account, with one outcome, of some days."""

    organisation: str = ""
    account: str = ""
    outcome: str = ""
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class InquirySeen:
    """One line of the list: nothing of the person asked about. `name` is the organisation's, where it is wanted."""

    code: TrackingCode
    row: Inquiry
    name: str = ""

    @property
    def letter(self) -> tuple[str, date | None]:
        """Number and date of the letter."""
        return read_letter(self.row.reference)


def inquiries(asked: Asked) -> QuerySet[Inquiry]:
    """The inquiries, the newest first."""
    found = Inquiry.objects.filter(mode=Mode.AFFILIATION, organisation__isnull=False)
    if asked.organisation:
        found = found.filter(organisation=asked.organisation)
    if asked.account:
        found = found.filter(account=asked.account)
    if asked.outcome:
        found = found.filter(outcome=asked.outcome)
    if asked.since:
        found = found.filter(asked_at__gte=asked.since)
    if asked.before:
        found = found.filter(asked_at__lt=asked.before)
    return found.order_by("-asked_at", "-id")


def page_of(asked: Asked, number: int) -> tuple[list[InquirySeen], bool]:
    """The inquiries of a page, counted from 1, and whether there are more."""
    first = (number - 1) * PAGE
    rows = list(inquiries(asked)[first : first + PAGE + 1])
    return _seen(rows[:PAGE]), len(rows) > PAGE


def all_of(asked: Asked) -> Iterator[InquirySeen]:
    """The inquiries for an export, at most a hundred thousand."""
    rows: list[Inquiry] = []
    for row in inquiries(asked)[:MOST_EXPORTED].iterator(chunk_size=2000):
        rows.append(row)
        if len(rows) == 2000:
            yield from _seen(rows)
            rows = []
    yield from _seen(rows)


def inquiry_of(code: str, organisation: str) -> dict[str, Any] | None:
    """The journal's row of an organisation's own affiliation inquiry. Call it inside `atomic()`."""
    row = inquiry_row(code)
    own = row is not None and row["organisation"] == organisation and row["mode"] == Mode.AFFILIATION
    return row if own else None


class Kept(msgspec.Struct, frozen=True):
    """An answer as it was told, and the identifier asked about, which the journal does not know."""

    type: str
    number: str
    answer: AffiliationAnswer


def read_letter(reference: str | None) -> tuple[str, date | None]:
    """Number and date of a letter, as the journal keeps both in one column."""
    words = (reference or "").split(" ")
    try:
        return " ".join(words[:-1]), read_iso_day(words[-1])
    except ValueError:
        return reference or "", None


def kept_answer(inquiry: int, account: str, at: datetime) -> Kept | None:
    """What was told, for the account that asked, as long as it is kept."""
    kept = KeptAnswer.objects.filter(inquiry=inquiry, account=account, until__gt=at).first()
    if kept is None:
        return None
    plain = settings.SECRETS.open(kept.sealed, about=KEPT_ABOUT)
    return msgspec.json.decode(plain, type=Kept)


def files_of(organisation: str) -> list[InquiryFile]:
    """The organisation's newest files."""
    return list(InquiryFile.objects.filter(organisation=organisation).order_by("-sent_at")[:PAGE])


def file_of(id: UUID, organisation: str) -> InquiryFile | None:
    """A file, for the organisation that sent it alone."""
    return InquiryFile.objects.filter(id=id, organisation=organisation).first()


def _seen(rows: list[Inquiry]) -> list[InquirySeen]:
    codes = TRACKING.codes([row.id for row in rows]) if rows else []
    return [InquirySeen(code, row) for code, row in zip(codes, rows, strict=True)]
