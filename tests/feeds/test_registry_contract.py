"""The contract of a registry over HTTP, against a real server that answers, is slow, says nonsense, or is not there."""

import json
import socket
from datetime import UTC, date, datetime, timedelta

import pytest

from daftar.feeds.connectors.breaker import FAILURES, FIRST_REST, LONGEST_REST, Breaker
from daftar.feeds.connectors.http_registry import TRIES, HttpRegistry
from daftar.feeds.connectors.port import Confirmed, NotFound, Unanswered
from daftar.terms.outcomes import EvidenceKind
from tests.feeds.registering import DAY, NUMBER, question, registry, says
from tests.portal.identity_authority import Authority, served

AT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
SHORT = 0.4
SPOKEN = (
    (says("confirmed", valid_from="2026-09-23", valid_until="2027-09-22"), date(2026, 9, 23), date(2027, 9, 22)),
    (says("confirmed", valid_from="2026-09-23", valid_until=None, more="words"), date(2026, 9, 23), None),
    (says("confirmed"), DAY, None),
)


@pytest.mark.parametrize(("answer", "valid_from", "valid_until"), SPOKEN)
def test_what_a_registry_confirms(answer, valid_from: date, valid_until: date | None) -> None:
    asked = question()
    with served(Authority(answer=answer)) as there:
        assert registry(there).ask(asked, at=AT) == Confirmed(valid_from, valid_until)
    sent = {"request": str(asked.request), "identifier": {"type": "ir-national-code", "number": NUMBER}}
    assert there.asked == [{**sent, "day": DAY.isoformat()}]
    assert there.tokens == ["Bearer a-token"]


def test_what_a_registry_does_not_have() -> None:
    with served(Authority(answer=says("not_found"))) as there:
        assert registry(there).ask(question(), at=AT) == NotFound()


NONSENSE = (
    *(b"", b"confirmed", b"[]", b'"confirmed"', b"{}", b"\xff\xfe{}", b"[" * 9000, b'{"outcome":"confirmed"}'),
    *(says("CONFIRMED"), says("not_found", padding=" " * 10_000), says("confirmed", valid_from="1405/07/01")),
    *(says("confirmed", valid_from="2026-02-30"), says("confirmed", valid_from=20260923)),
    says("confirmed", valid_from="2026-09-23", valid_until="2026-09-22"),
    says("confirmed", valid_from="2026-09-23", valid_until="9999-12-31"),
    says("confirmed", valid_from="0001-01-01"),
    *(says("confirmed", valid_from="20260923\0'"), says("confirmed", valid_from="2026-W39-3")),
    lambda asked: json.dumps({"request": str(question().request), "outcome": "not_found"}).encode(),
)


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_proves_nothing_and_is_not_asked_again(answer) -> None:
    with served(Authority(answer=answer)) as there:
        assert registry(there).ask(question(), at=AT) == Unanswered("nonsense")
    assert len(there.asked) == 1


@pytest.mark.parametrize("status", [201, 204, 301, 302, 307, 308, 400, 401, 403, 404, 422])
def test_a_refusal_is_not_repeated_and_no_redirection_followed(status: int) -> None:
    with served(Authority(answer=says("not_found"), status=status)) as there:
        assert registry(there).ask(question(), at=AT) == Unanswered("refused")
    assert len(there.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_who_is_away_for_a_moment_is_asked_again_with_the_same_request(status: int) -> None:
    with served(Authority(answer=says("not_found"), first=[status] * (TRIES - 1))) as there:
        assert registry(there).ask(question(), at=AT) == NotFound()
    assert len(there.asked) == TRIES
    assert len({each["request"] for each in there.asked}) == 1
    with served(Authority(answer=says("not_found"), status=status)) as there:
        assert registry(there).ask(question(), at=AT) == Unanswered("away")
    assert len(there.asked) == TRIES


@pytest.mark.parametrize("manner", ["silent", "dripping_head", "dripping_answer", "cut_short", "hanging_up"])
def test_a_slow_or_broken_answer_is_none(manner: str) -> None:
    with served(Authority(answer=says("not_found"), manner=manner)) as there:
        assert registry(there, SHORT).ask(question(), at=AT) == Unanswered("away")


def test_a_registry_that_is_not_there_or_never_accepts() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{full.getsockname()[1]}/"
        asking = HttpRegistry(EvidenceKind.STUDY_CERTIFICATE, url, "t", seconds=SHORT)
        assert asking.ask(question(), at=AT) == Unanswered("away")
        full.listen(1)  # takes the connection and never reads it
        assert asking.ask(question(), at=AT) == Unanswered("away")


@pytest.mark.parametrize("url", ["http://connector.example/", "ftp://127.0.0.1/", "connector.example"])
def test_numbers_leave_this_machine_by_https_alone(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        HttpRegistry(EvidenceKind.STUDY_CERTIFICATE, url, "t")


def test_who_does_not_answer_is_left_alone_and_then_tried_once() -> None:
    with served(Authority(answer=says("not_found"), first=[400] * (FAILURES + 1))) as there:
        asking = registry(there)
        assert {asking.ask(question(), at=AT) for _ in range(FAILURES)} == {Unanswered("refused")}
        assert not asking.ready(AT + FIRST_REST / 2)
        assert asking.ready(AT + FIRST_REST)
        assert asking.ask(question(), at=AT + FIRST_REST) == Unanswered("refused")
        assert not asking.ready(AT + 2 * FIRST_REST)
        assert asking.ready(AT + 3 * FIRST_REST)
        assert asking.ask(question(), at=AT + 3 * FIRST_REST) == NotFound()
        assert asking.ready(AT + 3 * FIRST_REST)


def test_rests_grow_to_half_an_hour_and_only_one_tries() -> None:
    breaker, at = Breaker(), AT
    for _ in range(FAILURES):
        breaker.failed(at)
    rests = []
    for _ in range(9):
        began = at
        while not breaker.lets_through(at):
            at += FIRST_REST
        assert not breaker.lets_through(at)  # the others wait for whoever tries
        rests.append(at - began)
        breaker.failed(at)
    assert rests[:3] == [FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST]
    assert max(rests) == LONGEST_REST
    breaker.succeeded()
    assert breaker.lets_through(at)
    assert breaker.lets_through(at + timedelta(seconds=1))


def test_a_try_that_is_not_made_is_another_s() -> None:
    breaker = Breaker()
    breaker.unused(AT)
    for _ in range(FAILURES):
        assert breaker.lets_through(AT)
        breaker.failed(AT)
    assert not breaker.lets_through(AT + FIRST_REST / 2)
    breaker.unused(AT + FIRST_REST / 2)  # nobody was let through: the rest goes on
    assert not breaker.lets_through(AT + FIRST_REST / 2)
    assert breaker.lets_through(AT + FIRST_REST)
    breaker.unused(AT + FIRST_REST)
    assert breaker.lets_through(AT + FIRST_REST)
    assert not breaker.lets_through(AT + FIRST_REST)
