"""Lists of cases as CSV; no name and no number of a person is in them (S3.17)."""

from collections.abc import Sequence
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
MOST_EXPORTED = 20_000


def as_file(found: QuerySet[Case], *, zone: ZoneInfo) -> StreamingHttpResponse:
    """The cases in their order, codes as they are stored; times in the time zone of the jurisdiction."""

    def cells(case: Case) -> Sequence[str]:
        return (
            *(case.number, case.kind, case.state, case.region, case.office),
            *(_moment(case.submitted_at, zone), _moment(case.queued_at, zone)),
            *(_moment(case.sent_back_at, zone), case.claimed_by),
            *(_moment(case.decided_at, zone), case.decided_by, case.reasons),
        )

    return sheet("cases", COLUMNS, found[:MOST_EXPORTED].iterator(), cells)


def _moment(value: datetime | None, zone: ZoneInfo) -> str:
    return value.astimezone(zone).isoformat(" ", "seconds") if value else ""
