"""Lists of cases as CSV; no name and no number of a person is in them (S3.17)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from daftar.portal.cases.models import Case
from daftar.portal.directory.sheets import sheet

COLUMNS = (
    *("case_number", "kind", "state", "region", "office", "submitted_at", "waiting_since"),
    *("sent_back_at", "taken_up_by", "decided_at", "decided_by", "reasons"),
)
AT_ONCE = 1000
"""Cases read at a time: a list is fetched whole, however long it is, and only these are held in memory."""


def every(found: QuerySet[Case], moment: str, *, newest_first: bool) -> Iterator[Case]:
    """All cases of a list in its order, by a moment and their id; each reading goes on from where the last one ended.

    What is decided in between shifts nothing and leaves nothing out; what has gone from the list is not in the file.
    """
    beyond, passed = ("lte", "gte") if newest_first else ("gte", "lte")
    page = list(found[:AT_ONCE])
    while page:
        yield from page
        last = page[-1]
        at = getattr(last, moment)
        rest = found.filter(**{f"{moment}__{beyond}": at}).exclude(**{moment: at, f"id__{passed}": last.pk})
        page = list(rest[:AT_ONCE]) if len(page) == AT_ONCE else []


def as_file(found: Iterable[Case], *, zone: ZoneInfo) -> StreamingHttpResponse:
    """The cases in their order, codes as they are stored; times in the time zone of the jurisdiction."""

    def cells(case: Case) -> Sequence[str]:
        return (
            *(case.number, case.kind, case.state, case.region, case.office),
            *(_moment(case.submitted_at, zone), _moment(case.queued_at, zone)),
            *(_moment(case.sent_back_at, zone), case.claimed_by),
            *(_moment(case.decided_at, zone), case.decided_by, case.reasons),
        )

    return sheet("cases", COLUMNS, found, cells)


def _moment(value: datetime | None, zone: ZoneInfo) -> str:
    return value.astimezone(zone).isoformat(" ", "seconds") if value else ""
