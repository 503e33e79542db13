"""Lists of cases as files: whole, in their order, read some at a time, on record with their lines (S3.17)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daftar.portal.cases.models import Case
from daftar.portal.journal.models import Inquiry
from daftar.portal.review import exports
from daftar.terms.cases import CaseState
from tests.portal.casework import Recorded, recorded
from tests.portal.reviewing import entered, lies

AT = datetime.now(UTC) - timedelta(days=1)
STATES = {"pending": CaseState.SUBMITTED, "sent_back": CaseState.SENT_BACK, "approved": CaseState.APPROVED}


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    monkeypatch.setattr(exports, "AT_ONCE", 4)
    return recorded(monkeypatch)


def made(state: CaseState, count: int) -> list[str]:
    """Case numbers, the oldest first; every three are of the same moment."""
    return [lies(state, at=AT + timedelta(minutes=n // 3)).number for n in range(count)]


def fetched(client: Client, which: str, **chosen: str) -> list[str]:
    """Case numbers in a file, in its order."""
    sent = b"".join(client.post(f"/en/review/{which}/file/", chosen)).decode("utf-8-sig")
    return [line.partition(",")[0] for line in sent.splitlines()[1:]]


def lines_on_record() -> list[str]:
    """What the journal says of the exports."""
    return list(Inquiry.objects.filter(mode="cases_exported").order_by("id").values_list("reference", flat=True))


@pytest.mark.parametrize("count", [0, 3, 4, 5, 12, 17])
def test_a_file_holds_the_whole_list_in_its_order_and_the_journal_says_how_much(count: int) -> None:
    """Also where a reading ends between cases of the same moment, and where the last reading is full."""
    client = entered("hq")
    for name, state in STATES.items():
        numbers = made(state, count)
        assert fetched(client, "lookup", state=name) == numbers[::-1]
        if name == "pending":
            assert fetched(client, "queue") == numbers
    assert lines_on_record() == [str(count)] * 4


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_no_reading_is_longer_than_the_one_before() -> None:
    """Memory is that of one reading."""
    made(CaseState.APPROVED, 14)
    with CaptureQueriesContext(connection) as asked:
        assert len(fetched(entered("hq"), "lookup")) == 14
    readings = [query["sql"] for query in asked.captured_queries if "LIMIT 4" in query["sql"]]
    assert len(readings) == 4


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_what_moves_while_a_file_is_fetched_shifts_nothing() -> None:
    numbers = made(CaseState.SUBMITTED, 10)
    answer = iter(entered("hq").post("/en/review/queue/file/", {}))
    pieces = [next(answer)]  # the heading; the first reading comes with the next piece
    Case.objects.filter(number__in=numbers[:2]).update(state="withdrawn", queued_at=None)
    lies(at=datetime.now(UTC) + timedelta(minutes=1))
    text = b"".join([*pieces, *answer]).decode("utf-8-sig")
    assert [line.partition(",")[0] for line in text.splitlines()[1:]] == numbers[2:]
