"""Who sees which inquiries afterwards: supervisors those of their organisation, the insurer all (S1.29)."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client

from daftar.portal.affiliation import selectors
from daftar.portal.journal.models import Inquiry
from daftar.terms.jurisdictions import jurisdictions
from tests.portal import officials
from tests.portal.acting import log_in, words

pytestmark = pytest.mark.usefixtures("portal")

LIST, ALL = "/en/affiliation/inquiries/", "/en/console/inquiries/"


def ask(user: str, made: tuple[str, str, str]) -> None:
    """An organisation's user asks."""
    letter = {"reference_number": "77", "reference_date": "2026-10-23"}
    assert log_in(user).post("/en/affiliation/ask/", {"type": made[0], "number": made[1]} | letter).status_code == 302


def shown(client: Client, url: str, **values: str) -> list[Inquiry]:
    """The inquiries that a page lists after its filter was sent."""
    response = client.post(url, values)
    assert response.status_code == 302, words(response)
    return [each.row for each in client.get(response.url).context["inquiries"]]


def exported(client: Client, url: str) -> list[dict[str, str]]:
    """The list as a file."""
    content = b"".join(client.post(f"{url}file/").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_a_supervisor_sees_those_of_the_own_organisation_by_account_day_and_outcome() -> None:
    ask("court", officials.WORKER)
    ask("police", officials.WORKER)
    supervisor = log_in("court-supervisor")
    today = str(jurisdictions()["ir"].today(datetime.now(UTC)))
    assert {row.organisation for row in shown(supervisor, LIST)} == {officials.COURT}
    assert len(shown(supervisor, LIST, outcome="active", day_from=today, day_to=today)) == 1
    assert shown(supervisor, LIST, outcome="no_record") == []
    assert shown(supervisor, LIST, day_to="2026-01-01") == []
    assert shown(supervisor, LIST, day_from="2090-01-01") == []


def test_the_account_is_chosen_by_number_and_no_name_stays_in_the_session() -> None:
    ask("court", officials.WORKER)
    supervisor = log_in("court-supervisor")
    choices = dict(supervisor.get(LIST).context["form"].fields["account"].choices)
    number = {name: number for number, name in choices.items()}["court"]
    assert [row.account for row in shown(supervisor, LIST, account=number)] == ["court"]
    assert supervisor.session["inquiries"] == {"account": number}
    other = {name: number for number, name in choices.items()}["court-admin"]
    assert shown(supervisor, LIST, account=other) == []


def test_nothing_of_the_person_stands_in_the_list_or_the_file() -> None:
    ask("court", officials.WORKER)
    supervisor = log_in("court-supervisor")
    page = words(supervisor.get(LIST))
    assert "بهرام" not in page
    assert officials.WORKER[1] not in page
    (row,) = exported(supervisor, LIST)
    assert (row["account"], row["outcome"], row["reference"]) == ("court", "active", "77 2026-10-23")
    assert officials.WORKER[1] not in str(row)


def test_an_export_is_journalled() -> None:
    ask("court", officials.WORKER)
    exported(log_in("court-supervisor"), LIST)
    exported(log_in("headquarters"), ALL)
    rows = Inquiry.objects.filter(mode="list_exported").order_by("asked_at", "id")
    assert {(row.account, row.organisation, row.ground, row.reference) for row in rows} == {
        ("court-supervisor", officials.COURT, "agreement", "1"),
        ("headquarters", None, "duty", "1"),
    }


def test_the_insurer_sees_all_and_chooses_the_organisation() -> None:
    ask("court", officials.WORKER)
    ask("police", officials.WORKER)
    insurer = log_in("headquarters")
    assert {row.organisation for row in shown(insurer, ALL)} == {officials.COURT, officials.POLICE}
    assert [row.organisation for row in shown(insurer, ALL, organisation=officials.POLICE)] == [officials.POLICE]


def test_long_lists_are_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "PAGE", 1)
    ask("court", officials.WORKER)
    ask("police", officials.WORKER)
    insurer = log_in("headquarters")
    first = insurer.get(ALL)
    assert "Older" in words(first)
    second = insurer.get(f"{ALL}?page=2")
    assert "Newer" in words(second)
    assert first.context["inquiries"][0].code != second.context["inquiries"][0].code
    assert insurer.get(f"{ALL}?page=x").status_code == 200


@pytest.mark.parametrize(
    ("user", "url"), [("court", LIST), ("hospital", LIST), ("court-supervisor", ALL), ("counter", ALL)]
)
def test_nobody_else_sees_a_list(user: str, url: str) -> None:
    client = log_in(user)
    assert client.get(url).status_code == 403
    assert client.post(f"{url}file/").status_code == 403


def test_days_that_cannot_be_read_are_said() -> None:
    client = log_in("court-supervisor")
    assert client.post(LIST, {"day_from": "x"}).status_code == 422
    assert client.post(LIST, {"day_from": "2026-02-01", "day_to": "2026-01-01"}).status_code == 422
    assert client.post(LIST, {"account": "court"}).status_code == 422
