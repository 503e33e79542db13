"""An answered code can be explained later: facts, span, law version (S2.17, S2.18)."""

from datetime import date, timedelta

import pytest

from daftar import coverage
from daftar.answers import Entry, SharedWriter, TrackingCodes, ask, record
from daftar.disclosure.explanation import explain
from daftar.rules import version
from daftar.store.connect import transaction
from daftar.store.dialect import execute
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.tracking_codes import complete
from tests.answers.asking import AT, TODAY, question
from tests.coverage.registry import affiliation, paid, person
from tests.disclosure import affiliated

LATER = AT + timedelta(days=3)


@pytest.fixture
def tracking(secrets) -> TrackingCodes:
    return TrackingCodes(secrets)


def lapsed_person(conn):
    """Paid until March 2026, asked about in November."""
    key = person(conn)
    affiliation(conn, key, "compulsory", "2025-01-01")
    paid(conn, key, "compulsory", "2026-01", "2026-02", "2026-03")
    coverage.rebuild(conn, [key], at=AT)
    return key


def answered(conn, tracking, key):
    (answer,) = ask(conn, [question(key)], at=AT, writer=SharedWriter(), tracking=tracking)
    return answer


def test_the_span_and_the_facts_behind_an_answer(conn, tracking) -> None:
    with transaction(conn):
        key = lapsed_person(conn)
        answer = answered(conn, tracking, key)
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    assert (found.inquiry["key"], found.inquiry["outcome"], found.inquiry["service_day"]) == (key, "not_covered", TODAY)
    assert found.inquiry["rule_version"] == version("ir")
    assert found.span is not None
    assert found.span.reason_after == answer.reason == "contribution_lapsed"
    assert not found.spans_changed
    assert {fact.table for fact in found.facts} == {"affiliation", "contribution"}
    assert not any(fact.later for fact in found.facts)


def test_facts_that_came_later_are_marked_and_the_old_span_is_found(conn, tracking) -> None:
    with transaction(conn):
        key = lapsed_person(conn)
        before = answered(conn, tracking, key)
    with transaction(conn):
        paid(conn, key, "compulsory", "2026-09", "2026-10", "2026-11")
        execute(conn, "UPDATE contribution SET recorded_at = ? WHERE month >= ?", [LATER, date(2026, 9, 1)])
        coverage.rebuild(conn, [key], at=LATER)
    found = explain(conn, before.tracking_code, tracking=tracking)
    assert found is not None
    assert found.spans_changed
    assert found.span is not None
    assert found.span.reason_after == "contribution_lapsed"
    assert {fact.values["month"] for fact in found.facts if fact.later} == {
        date(2026, 9, 1),
        date(2026, 10, 1),
        date(2026, 11, 1),
    }


def test_a_code_that_was_never_given_explains_nothing(conn, tracking) -> None:
    assert explain(conn, complete(123_456), tracking=tracking) is None


def test_an_affiliation_answer_rests_on_facts_and_on_no_span(conn, tracking, secrets) -> None:
    with transaction(conn):
        people = affiliated.People(conn, secrets)
        people.organisation("fund", "fund")
        key = people.person("Ali")
        people.spell(key, "2015-01-01", "2018-12-31")
        active, refused = affiliated.ask(
            conn, secrets, affiliated.question(key), affiliated.question(key, period_from=TODAY)
        )
    found = explain(conn, active.tracking_code, tracking=tracking)
    assert found is not None
    assert found.about_affiliation
    assert (found.span, found.spans, found.spans_changed) == (None, [], False)
    assert (found.outcome_text, found.reason_text) == ("outcome.not_active", "affiliation_reason.not_affiliated_today")
    assert [(fact.table, fact.values["ends"]) for fact in found.facts] == [("affiliation", date(2018, 12, 31))]
    found = explain(conn, refused.tracking_code, tracking=tracking)
    assert found is not None
    assert (found.outcome_text, found.reason_text) == ("outcome.refused", "input.period_half")


def test_a_disclosure_that_is_no_answer_has_no_text_of_one(conn, tracking) -> None:
    with transaction(conn):
        key = lapsed_person(conn)
        entry = Entry(
            channel=Channel.COUNTER,
            mode="counter",
            key=key,
            outcome="shown",
            reason="seen",
            ground=Ground.DUTY,
            shown="",
        )
        (code,) = record(conn, [entry], at=AT, writer=SharedWriter(), tracking=tracking)
    found = explain(conn, code, tracking=tracking)
    assert found is not None
    assert (found.outcome_text, found.reason_text) == (None, None)
