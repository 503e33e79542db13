"""The list of objections as CSV; no name and no number of a person is in it (S2.12)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from daftar.portal.cases.models import Case
from daftar.portal.directory.sheets import sheet
from daftar.terms.jurisdictions import jurisdictions

COLUMNS = (
    *("number", "state", "channel", "taken_down_by", "taken_down_at", "due_on", "office", "taken_up_by"),
    *("reason_of_answer", "answered_at", "answered_by", "reasons"),
)
MOST_EXPORTED = 20_000


def as_file(found: QuerySet[Case], *, jurisdiction: str) -> StreamingHttpResponse:
    """The objections in their order, codes as they are stored; times in the time zone of the jurisdiction."""
    zone = ZoneInfo(jurisdictions()[jurisdiction].time_zone)

    def cells(case: Case) -> Sequence[str]:
        about = case.objection
        return (
            *(case.number, case.state, about.channel, about.taken_by, _moment(case.made_at, zone)),
            *(about.due_on.isoformat(), case.office, case.claimed_by, about.answer_reason),
            *(_moment(case.decided_at, zone), case.decided_by, case.reasons),
        )

    return sheet("objections", COLUMNS, found[:MOST_EXPORTED].iterator(), cells)


def _moment(value: datetime | None, zone: ZoneInfo) -> str:
    return value.astimezone(zone).isoformat(" ", "seconds") if value else ""
