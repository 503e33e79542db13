"""Rebuilding spans from the registry, on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from daftar import coverage
from daftar.coverage.writing import Span, stored
from daftar.feeds import due
from daftar.rules import version
from daftar.store.connect import transaction
from daftar.store.dialect import as_datetime, execute, rows
from tests.coverage.registry import AT, affiliation, day, dependency, evidence, other_cover, paid, person


@pytest.fixture
def household(conn):
    """A worker who paid from January to March 2026, with wife, son of 21 and father."""
    main, wife = person(conn), person(conn, sex="female")
    son, father = person(conn, born="2005-05-05"), person(conn, born="1940-01-01")
    affiliation(conn, main, "compulsory", "2026-01-10")
    paid(conn, main, "compulsory", "2026-01", "2026-02", "2026-03")
    for key, relation in ((wife, "spouse"), (son, "son"), (father, "father")):
        dependency(conn, key, main, relation, "2026-01-10")
    return main, wife, son, father


def spans(conn, key):
    """Spans of one person by start."""
    found = sorted(stored(conn, [key]), key=lambda span: (span.insurer, span.starts))
    return [span._replace(key=UUID(span.key), starts=day(span.starts), ends=day(span.ends)) for span in found]


def test_a_rebuild_of_the_main_insured_covers_the_household(conn, household):
    main, wife, son, father = household
    assert coverage.rebuild(conn, [main], at=AT) == 4
    own = Span(main, "ir-sso", date(2026, 1, 10), date(2026, 6, 30), "compulsory", "contribution_paid",
               "contribution_lapsed", version("ir"))  # fmt: skip
    assert spans(conn, main) == [own]
    assert spans(conn, wife)[0].basis == "spouse"
    assert [span.reason for span in spans(conn, son)] == ["study_certificate_missing", "main_insured_not_covered"]
    assert spans(conn, father)[0].reason == "dependency_evidence_missing"


def test_a_second_rebuild_writes_nothing(conn, household):
    coverage.rebuild(conn, [household[0]], at=AT)
    assert coverage.rebuild(conn, household, at=AT) == 0
    assert rows(conn, "SELECT count(*) FROM coverage_past") == [(0,)]


def test_evidence_changes_one_person_and_keeps_what_was(conn, household):
    main, _, son, _ = household
    coverage.rebuild(conn, [main], at=AT)
    before = spans(conn, son)
    evidence(conn, son, "study_certificate", "2026-02-01")
    assert coverage.rebuild(conn, [son], at=AT) == 1
    assert [(span.starts, span.ends, span.reason) for span in spans(conn, son)] == [
        (date(2026, 1, 10), date(2026, 1, 9), "study_certificate_missing"),
        (date(2026, 2, 1), date(2026, 6, 30), "provisional_evidence"),
    ]
    past = rows(conn, "SELECT starts, reason FROM coverage_past")
    assert [reason for _, reason in past] == ["main_insured_not_covered"]
    assert before[0] == spans(conn, son)[0]


def test_withdrawn_facts_do_not_count(conn, household):
    main = household[0]
    coverage.rebuild(conn, [main], at=AT)
    execute(conn, "UPDATE contribution SET withdrawn = ?", [True])
    assert coverage.rebuild(conn, [main], at=AT) == 4
    assert {span.reason for key in household for span in spans(conn, key)} == {
        "no_contribution",
        "main_insured_not_covered",
    }
    execute(conn, "UPDATE person SET withdrawn = ?", [True])
    coverage.rebuild(conn, household, at=AT)
    assert rows(conn, "SELECT count(*) FROM coverage") == [(0,)]


def test_the_end_of_a_dependency_reaches_the_former_dependant(conn, household):
    main, wife, *_ = household
    coverage.rebuild(conn, [main], at=AT)
    execute(conn, "UPDATE dependency SET ends = ? WHERE key = ?", [date(2026, 2, 10), wife])
    assert coverage.rebuild(conn, [main], at=AT) == 1
    assert (spans(conn, wife)[0].ends, spans(conn, wife)[0].reason_after) == (date(2026, 2, 10), "dependency_ended")


def test_a_dependants_rebuild_reads_the_main_insured_and_leaves_them_alone(conn, household):
    main, wife, *_ = household
    assert coverage.rebuild(conn, [wife], at=AT) == 1
    assert spans(conn, wife)
    assert not spans(conn, main)


def test_reports_of_other_insurers_stand_under_their_code(conn, household):
    main = household[0]
    other_cover(conn, main, "ir-health", "2025-01-01", "2025-06-30")
    other_cover(conn, main, "ir-health", "2025-06-01", "2025-12-31")
    coverage.rebuild(conn, [main], at=AT)
    theirs = [span for span in spans(conn, main) if span.insurer == "ir-health"]
    assert [(s.starts, s.ends, s.basis) for s in theirs] == [(date(2025, 1, 1), date(2025, 12, 31), "other_insurer")]


def test_a_rebuilt_person_is_no_longer_due(conn, household):
    execute(conn, "INSERT INTO coverage_due (key, since) VALUES (?, ?)", [household[0], AT])
    execute(conn, "INSERT INTO coverage_due (key, since) VALUES (?, ?)", [uuid4(), AT])
    coverage.rebuild(conn, [household[0]], at=AT)
    assert rows(conn, "SELECT count(*) FROM coverage_due") == [(1,)]


def test_all_who_are_due_and_the_whole_nation(conn, household):
    execute(conn, "INSERT INTO coverage_due (key, since) VALUES (?, ?)", [household[0], AT])
    handled = []
    assert coverage.rebuild_due(conn, at=AT, progress=handled.append) == coverage.Rebuilt(handled=1, changed=4)
    assert handled == [1]
    assert rows(conn, "SELECT count(*) FROM coverage_due") == [(0,)]
    assert coverage.rebuild_all(conn, at=AT + timedelta(days=1)).changed == 0


@pytest.mark.parametrize("work", [coverage.rebuild_due, coverage.rebuild_all, due.rebuild_due])
def test_long_work_stamps_what_it_replaces_with_the_time_of_its_own_transaction(conn, household, work):
    with transaction(conn):
        coverage.rebuild(conn, [household[0]], at=AT)
        paid(conn, household[0], "compulsory", "2026-04")
        execute(conn, "INSERT INTO coverage_due (key, since) VALUES (?, ?)", [household[0], AT])
    started = datetime.now(UTC)
    work(conn, at=started - timedelta(hours=1))
    stamps = [as_datetime(stamp) for (stamp,) in rows(conn, "SELECT replaced_at FROM coverage_past")]
    assert stamps
    assert all(stamp >= started for stamp in stamps)


def test_nothing_is_committed_by_a_rebuild(conn, household):
    with pytest.raises(RuntimeError), transaction(conn):
        coverage.rebuild(conn, [household[0]], at=AT)
        raise RuntimeError("the caller gives up")
    assert rows(conn, "SELECT count(*) FROM coverage") == [(0,)]
