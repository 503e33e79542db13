"""POST /affiliation-inquiries on a served gate: outcomes, fields, refusals with their own message, and the journal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from daftar.answers import TrackingCodes
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, rows
from daftar.terms.tracking_codes import read_tracking_code
from tests.disclosure.affiliated import People
from tests.gate.installation import Registry, national_code, served, token

PATH = "/api/v1/affiliation-inquiries"
ALI, SARA, REZA, UNKNOWN = (national_code(serial) for serial in (11, 12, 13, 999_998))
KINDS = ("fund", "judicial", "quasi_judicial")


def today() -> date:
    """The insurer's calendar day."""
    return datetime.now(ZoneInfo("Asia/Tehran")).date()


LETTER = {"number": "ن/۱۴۰۵/۷", "date": str(today() - timedelta(days=9))}


@dataclass
class Window:
    """Organisations of every kind at one gate."""

    registry: Registry
    secrets: Any
    clients: dict[str, httpx.Client]

    def ask(self, who: str, number: str, *, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """One inquiry; with a letter unless the test says otherwise."""
        body = {"subject": {"type": "ir-national-code", "number": number}, "reference": LETTER} | more
        return self.clients[who].post(PATH, json={k: v for k, v in body.items() if v is not None}, headers=headers)

    def newest(self, *columns: str) -> tuple[Any, ...]:
        """The newest row of the journal."""
        conn = connect(self.registry.url)
        (row,) = rows(conn, f"SELECT {', '.join(columns)} FROM inquiry ORDER BY asked_at DESC LIMIT 1")
        conn.close()
        return row

    def count(self) -> int:
        """Rows of the journal."""
        return int(self.registry.read("SELECT count(*) FROM inquiry")[0][0])


def fill(url: str, secrets: Any) -> None:
    """Ali works, Sara is his daughter, Reza's spell is over."""
    conn = connect(url)
    with transaction(conn):
        people = People(conn, secrets)
        for kind in KINDS:
            people.organisation(kind, kind)
        people.organisation("provider", "provider")
        people.organisation("ended", "fund", ends=str(today() - timedelta(days=1)))
        people.organisation("certificates-only", "fund", purposes="certificates")
        people.organisation("thrifty", "fund", quota=3)
        keys = {number: people.person(number) for number in (ALI, SARA, REZA)}
        people.spell(keys[ALI], "2020-01-01")
        people.tie(keys[SARA], keys[ALI], "2021-05-05", relation="daughter")
        people.spell(keys[REZA], "2015-01-01", "2018-12-31")
        execute(conn, "UPDATE access_change SET version = version + 1 WHERE id = 1")
    conn.close()


@pytest.fixture(scope="module")
def window(shared_database_url: str, secrets: Any) -> Iterator[Window]:
    registry = Registry(shared_database_url, secrets)
    fill(shared_database_url, secrets)
    askers = (*KINDS, "provider", "ended", "certificates-only", "thrifty")
    for name in askers:
        registry.client(name, name, "affiliation eligibility")
    with served(shared_database_url) as server:
        clients = {}
        for name in askers:
            bearer = token(server.base, name, registry.secret).raise_for_status().json()["access_token"]
            clients[name] = httpx.Client(base_url=server.base, headers={"Authorization": f"Bearer {bearer}"})
        yield Window(registry, secrets, clients)
        for each in clients.values():
            each.close()


def test_a_fund_is_told_that_somebody_is_active(window: Window) -> None:
    answer = window.ask("fund", ALI, headers={"Accept-Language": "fa"})
    assert answer.status_code == 200
    body = answer.json()
    assert body["outcome"] == "active"
    assert body["text"].startswith("اطلاعات مربوط به شماره ملی موجود و شخص مورد نظر در زمان استعلام")
    assert body["organisation"] == "fund"
    assert body["person"]["insurance_number"] == f"insurance_number of {ALI}"
    assert [each["relation_type"] for each in body["spells"]] == ["main"]
    assert {"period", "main_insured", "contact"}.isdisjoint(body)


@pytest.mark.parametrize("kind", ["judicial", "quasi_judicial"])
def test_a_court_and_the_police_are_told_address_workplace_and_telephone(window: Window, kind: str) -> None:
    body = window.ask(kind, SARA).json()
    assert body["contact"]["residence_address"] == f"residence_address of {ALI}"
    assert body["contact"]["workplaces"][0]["workshop_address"] == "workshop_address of work"
    assert body["main_insured"]["number"] == f"number of {ALI}"
    assert body["spells"][0]["kinship"] == "daughter"


def test_an_answer_is_found_in_the_journal_by_its_tracking_code(window: Window) -> None:
    body = window.ask("fund", ALI).json()
    id = TrackingCodes(window.secrets).id_of(read_tracking_code(body["tracking_code"]))
    (row,) = window.registry.read(
        "SELECT mode, outcome, reason, organisation, account, ground, purpose, reference, channel"
        " FROM inquiry WHERE id = ?",
        id,
    )
    assert tuple(row) == (
        "affiliation",
        "active",
        "active_main",
        "fund",
        "fund",
        "agreement",
        "affiliation",
        f"{LETTER['number']} {LETTER['date']}",
        "api",
    )


def test_a_period_is_answered_and_echoed(window: Window) -> None:
    body = window.ask("fund", REZA, period={"from": "2016-01-01", "to": "2016-12-31"}).json()
    assert body["outcome"] == "affiliated_in_period"
    assert body["period"] == {"from": "2016-01-01", "to": "2016-12-31"}
    assert [(each["starts"], each["ends"]) for each in body["spells"]] == [("2015-01-01", "2018-12-31")]
    assert window.ask("fund", REZA).json()["outcome"] == "not_active"


def test_unknown_and_nothing_in_period_are_the_same_bytes(window: Window) -> None:
    period = {"from": "2001-01-01", "to": "2001-12-31"}
    answers = [window.ask("judicial", number, period=period) for number in (UNKNOWN, REZA, SARA)]
    assert {without_code_and_time(each) for each in answers} == {without_code_and_time(answers[0])}
    assert answers[0].json()["outcome"] == "no_record"
    assert [len(each.content) for each in answers] == [len(answers[0].content)] * 3


def without_code_and_time(answer: httpx.Response) -> bytes:
    """The body but for what differs between any two answers, and the headers that describe it."""
    differing = ("date", "x-request-id")
    body, content = answer.json(), answer.content
    for name in ("tracking_code", "answered_at"):
        content = content.replace(body[name].encode(), b"-")
    return content + str(sorted((k, v) for k, v in answer.headers.items() if k not in differing)).encode()


def test_persian_digits_and_spaces_are_read(window: Window) -> None:
    typed = ALI.translate({ord(str(n)): "۰۱۲۳۴۵۶۷۸۹"[n] for n in range(10)})
    assert window.ask("fund", f" {typed[:3]} {typed[3:9]}-{typed[9:]} ").json()["outcome"] == "active"


def tomorrow() -> str:
    return str(today() + timedelta(days=1))


REFUSALS: dict[str, tuple[str, Callable[[], dict[str, Any]], int, str, str]] = {
    # name: who asks, the body's changes, status, field, code
    "start alone": ("fund", lambda: {"period": {"from": "2020-01-01"}}, 422, "period.to", "period_half"),
    "end alone": ("fund", lambda: {"period": {"to": "2020-01-01"}}, 422, "period.from", "period_half"),
    "empty": ("fund", lambda: {"period": {}}, 422, "period.from", "period_half"),
    "reversed": (
        "fund",
        lambda: {"period": {"from": "2020-02-01", "to": "2020-01-01"}},
        422,
        "period.to",
        "period_reversed",
    ),
    "future": (
        "fund",
        lambda: {"period": {"from": "2020-01-01", "to": tomorrow()}},
        422,
        "period.to",
        "period_in_future",
    ),
    "early": (
        "fund",
        lambda: {"period": {"from": "1949-12-31", "to": "2020-01-01"}},
        422,
        "period.from",
        "period_too_early",
    ),
    "no day": ("fund", lambda: {"period": {"from": "x", "to": "2020-01-01"}}, 422, "period.from", "not_an_iso_day"),
    "no day of a letter": (
        "judicial",
        lambda: {"reference": {"number": "1", "date": "2020111199"}},
        422,
        "reference.date",
        "not_an_iso_day",
    ),
    "no letter": ("judicial", lambda: {"reference": None}, 422, "reference.number", "letter_number_required"),
    "no number": (
        "quasi_judicial",
        lambda: {"reference": {"number": " ", "date": LETTER["date"]}},
        422,
        "reference.number",
        "letter_number_required",
    ),
    "no date": ("judicial", lambda: {"reference": {"number": "7"}}, 422, "reference.date", "letter_date_required"),
    "letter of tomorrow": (
        "judicial",
        lambda: {"reference": {"number": "7", "date": tomorrow()}},
        422,
        "reference.date",
        "letter_in_future",
    ),
    "invisible": (
        "fund",
        lambda: {"reference": {"number": "7\u202e"}},
        422,
        "reference.number",
        "forbidden_character",
    ),
    "nul": ("fund", lambda: {"reference": {"number": "7\x00"}}, 422, "reference.number", "forbidden_character"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_bad_question_has_a_message_of_its_own_discloses_nothing_and_is_journalled(window: Window, name: str) -> None:
    who, changes, status, field, code = REFUSALS[name]
    before = window.count()
    answer = window.ask(who, ALI, **changes())
    assert answer.status_code == status
    assert (answer.json()["errors"][0]["field"], answer.json()["errors"][0]["code"]) == (field, code)
    assert answer.json()["errors"][0]["message"]
    assert ALI not in answer.text
    assert window.count() == before + 1
    assert window.newest("mode", "outcome", "reason", "organisation", "shown") == (
        "affiliation",
        "refused",
        code,
        who,
        "",
    )


@pytest.mark.parametrize("who", ["ended", "certificates-only", "provider"])
def test_without_an_agreement_in_force_for_it_nobody_may_ask_and_the_attempt_is_journalled(
    window: Window, who: str
) -> None:
    answer = window.ask(who, ALI)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/no-agreement")
    assert window.newest("outcome", "reason", "organisation", "shown") == ("refused", "no-agreement", who, "")


def test_a_wrong_identifier_is_refused_and_journalled_under_nobodys_key(window: Window) -> None:
    answer = window.ask("fund", "1234567890")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "wrong_check_digit"
    outcome, reason, key = window.newest("outcome", "reason", "key")
    assert (outcome, reason) == ("refused", "wrong_check_digit")
    assert str(key) != str(window.secrets.key("ir-national-code", "1234567890"))


def test_a_retry_gets_the_first_answer_and_another_body_is_refused(window: Window) -> None:
    mark = {"Idempotency-Key": "one"}
    first = window.ask("judicial", SARA, headers=mark)
    before = window.count()
    again = window.ask("judicial", SARA, headers=mark)
    assert (first.status_code, again.content) == (200, first.content)
    assert window.count() == before
    other = window.ask("judicial", ALI, headers=mark)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-mismatch")


def test_beyond_the_quota_nothing_is_told_until_tomorrow_and_retries_are_not_charged(window: Window) -> None:
    mark = {"Idempotency-Key": "thrifty"}
    for _ in range(3):
        assert window.ask("thrifty", ALI, headers=mark).status_code == 200
    assert [window.ask("thrifty", ALI).status_code for _ in range(3)] == [200, 200, 429]
    refused = window.ask("thrifty", ALI)
    assert refused.json()["type"] == "/problems/quota-exceeded"
    assert 0 < int(refused.headers["retry-after"]) <= 90_000
    assert window.newest("outcome", "reason", "shown") == ("refused", "quota-exceeded", "")
    assert window.ask("thrifty", ALI, headers=mark).status_code == 200


def test_without_the_scope_the_client_may_not_ask(window: Window) -> None:
    window.registry.client("narrow", "fund", "certificates")
    base = str(window.clients["fund"].base_url).rstrip("/")
    until = datetime.now(UTC) + timedelta(seconds=5)
    answer = token(base, "narrow", window.registry.secret)
    while answer.status_code != 200 and datetime.now(UTC) < until:  # the gate's snapshot is a second old at most
        answer = token(base, "narrow", window.registry.secret)
    with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {answer.json()['access_token']}"}) as http:
        told = http.post(PATH, json={"subject": {"type": "ir-national-code", "number": ALI}})
    assert (told.status_code, told.json()["type"]) == (403, "/problems/forbidden")
