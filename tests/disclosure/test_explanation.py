"""An answered code can be explained later: facts, span, law version (S2.17, S2.18)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from daftar import coverage
from daftar.answers import Entry, SharedWriter, TrackingCodes, ask, record
from daftar.coverage.writing import COLUMNS
from daftar.disclosure.explanation import Standing, explain
from daftar.rules import version
from daftar.store.connect import transaction
from daftar.store.dialect import execute
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.tracking_codes import complete
from tests.answers.asking import AT, TODAY, question, span
from tests.coverage.registry import affiliation, paid, person
from tests.disclosure import affiliated

LATER = AT + timedelta(days=3)
BEGAN = AT - timedelta(minutes=5)  # a load that rewrites the spans after the answer, and stamps them with its start


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


def replaced(conn, key, starts, *, at):
    """A span put away, as a rebuild does it."""
    which = [key, date.fromisoformat(starts)]
    kept = f"INSERT INTO coverage_past ({COLUMNS}, replaced_at) SELECT {COLUMNS}, ? FROM coverage"
    execute(conn, f"{kept} WHERE key = ? AND starts = ?", [at, *which])
    execute(conn, "DELETE FROM coverage WHERE key = ? AND starts = ?", which)


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
    [own] = found.facts
    assert {fact.table for fact in own.held} == {"person", "affiliation", "contribution"}
    assert {fact.standing for fact in own.held} == {Standing.STANDS}


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
    later = [fact.values["month"] for fact in found.facts[0].held if fact.standing == Standing.LATER]
    assert later == [date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)]


def test_a_span_replaced_by_a_load_that_had_begun_before_the_answer_is_found(conn, tracking) -> None:
    with transaction(conn):
        key = lapsed_person(conn)
        answer = answered(conn, tracking, key)
    with transaction(conn):
        paid(conn, key, "compulsory", *(f"2026-{month:02}" for month in range(4, 12)))
        coverage.rebuild(conn, [key], at=BEGAN)
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    assert found.span is not None
    assert found.span.reason_after == answer.reason == "contribution_lapsed"
    assert found.spans_changed


def test_the_end_shown_is_the_one_that_was_told(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        span(conn, key, "2025-01-01", "2026-12-31")
        answer = answered(conn, tracking, key)
    with transaction(conn):
        replaced(conn, key, "2025-01-01", at=BEGAN)
        span(conn, key, "2025-01-01", "2027-01-31")
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    assert found.span is not None
    assert found.span.ends == answer.valid_until == date(2026, 12, 31)
    assert found.spans_changed


def test_a_span_that_a_later_rebuild_replaced_is_found_behind_the_first(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        span(conn, key, "2020-01-01", "2020-12-31")
        span(conn, key, "2025-01-01", "2026-12-31")
        answer = answered(conn, tracking, key)
    with transaction(conn):
        replaced(conn, key, "2020-01-01", at=LATER)
        span(conn, key, "2020-01-01", "2020-11-30")
        replaced(conn, key, "2025-01-01", at=LATER + timedelta(days=1))
        span(conn, key, "2025-01-01", "2027-01-31")
        execute(conn, "UPDATE coverage SET rule_version = 'ir.newer'")
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    assert found.span is not None
    assert (found.span.ends, found.span.rule_version) == (answer.valid_until, answer.rule_version)
    assert found.spans_changed


def test_a_cover_carried_on_by_the_next_span_agrees_with_the_end_told(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        span(conn, key, "2025-01-01", "2026-11-30")
        span(conn, key, "2026-12-01", None, basis="pension", reason="spell_in_force")
        answer = answered(conn, tracking, key)
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    assert found.span is not None
    assert (answer.valid_until, found.span.ends) == (None, date(2026, 11, 30))
    assert not found.spans_changed


def test_a_span_gone_before_the_answer_does_not_displace_one_that_stands(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        span(conn, key, "2020-01-01", "2020-12-31")
        span(conn, key, "2025-01-01", "2025-12-31")
        replaced(conn, key, "2025-01-01", at=AT - timedelta(days=90))
        answer = answered(conn, tracking, key)
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    assert found.span is not None
    assert (found.span.starts, found.spans_changed) == (date(2020, 1, 1), False)


def test_a_span_that_is_no_longer_kept_is_not_a_person_of_whom_nothing_is_known(conn, tracking) -> None:
    with transaction(conn):
        key = lapsed_person(conn)
        answer = answered(conn, tracking, key)
        unknown = answered(conn, tracking, uuid4())
        execute(conn, "UPDATE coverage SET rule_version = 'ir.newer'")
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    assert (found.span, found.span_lost, found.spans_changed) == (None, True, True)
    found = explain(conn, unknown.tracking_code, tracking=tracking)
    assert found is not None
    assert (found.span, found.span_lost, found.spans_changed) == (None, False, False)


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
    [_, spell] = found.facts[0].held
    assert (spell.table, spell.values["ends"]) == ("affiliation", date(2018, 12, 31))
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
