"""Random tamperings of a sealed journal are all found and named; an untouched one never complains (issue 3, line 8)."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daftar.answers import SharedWriter, record
from daftar.answers.head import Head, advance
from daftar.answers.sealing import Sealer
from daftar.answers.tampering import Findings, Tampering
from daftar.answers.verify import Report, verify
from daftar.answers.writers import SEQUENCES
from daftar.store.dialect import execute
from tests.answers import tamperings
from tests.answers.asking import AT
from tests.answers.sealing import KEYS, TRACKING, entry, seal, verified, write


@pytest.fixture
def sealed(conn) -> tuple[Any, Head]:
    """Three writers with several blocks each, over the months of a year, and the head."""
    sealer = Sealer(conn, KEYS)
    for count in (11, 1, 23):
        for writer in (2, 3, 41):
            write(conn, writer, count + writer % 3, months=True)
        seal(conn, sealer)
    head, broken = advance(conn, Head(AT, {}), {2, 3, 41}, AT)
    assert not broken
    return conn, head


def after(conn: Any, head: Head, *done: Any, chance: Random) -> tuple[Report, tamperings.Named]:
    """What is found after tamperings, and what should be named; the journal is put back."""
    execute(conn, "BEGIN")
    try:
        named = set().union(*(tamper(conn, chance) for tamper in done))
        return verify(conn, KEYS, head), named
    finally:
        conn.rollback()


@pytest.mark.parametrize("tamper", tamperings.ALL, ids=lambda tamper: tamper.__name__)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_every_tampering_is_found_and_named(sealed: tuple[Any, Head], tamper: Any, seed: int) -> None:
    conn, head = sealed
    report, named = after(conn, head, tamper, chance=Random(seed))
    covered = {
        (writer, sequence)
        for writer, sequence in named
        for each in report.findings
        if each.writer == writer and each.first <= sequence <= each.last
    }
    assert covered == named
    assert verified(conn, head).findings == []


def test_what_was_done_is_called_by_its_name(sealed: tuple[Any, Head]) -> None:
    conn, head = sealed
    expected = {
        tamperings.changed: Tampering.ROW_CHANGED,
        tamperings.removed: Tampering.ROW_REMOVED,
        tamperings.swapped: Tampering.ROW_CHANGED,
        tamperings.inserted: Tampering.ROW_INSERTED,
        tamperings.truncated: Tampering.TRUNCATED,
        tamperings.covered_up: Tampering.BLOCK_CHANGED,
    }
    for tamper, what in expected.items():
        report, _ = after(conn, head, tamper, chance=Random(5))
        assert what in {each.what for each in report.findings}, tamper.__name__


def test_a_changed_row_is_named_alone(sealed: tuple[Any, Head]) -> None:
    conn, head = sealed
    for seed in range(20):
        report, named = after(conn, head, tamperings.changed, chance=Random(seed))
        assert [(each.writer, each.first, each.last) for each in report.findings] == [
            (*next(iter(named)), next(iter(named))[1])
        ]


def test_without_the_head_a_clean_cut_is_not_seen_and_with_it_is(sealed: tuple[Any, Head]) -> None:
    conn, head = sealed
    report, _ = after(conn, None, tamperings.truncated, chance=Random(1))
    assert report.findings == []
    report, _ = after(conn, head, tamperings.truncated, chance=Random(1))
    assert {each.what for each in report.findings} == {Tampering.TRUNCATED}


def test_an_emptied_journal_is_found(sealed: tuple[Any, Head]) -> None:
    conn, head = sealed

    def emptied(conn: Any, chance: Random) -> set[tuple[int, int]]:
        for table in ("inquiry", "journal_block"):
            execute(conn, f"DELETE FROM {table}")
        execute(conn, "UPDATE writer SET next_sequence = 0")
        return {(2, 0), (3, 0), (41, 0)}

    report, named = after(conn, head, emptied, chance=Random(0))
    assert {(each.writer, each.first) for each in report.findings} == named


def test_a_row_that_vanishes_before_it_is_sealed_leaves_a_gap(conn) -> None:
    write(conn, 3, 9)
    execute(conn, "DELETE FROM inquiry WHERE id = ?", [3 * SEQUENCES + 4])
    sealer = Sealer(conn, KEYS)
    seal(conn, sealer)
    seal(conn, sealer)
    assert sealer.gaps == [(3, 4, 4)]
    findings = verified(conn).findings
    assert [(each.what, each.first, each.last) for each in findings] == [(Tampering.ROW_REMOVED, 4, 4)]


@pytest.mark.parametrize("sealed_before", [0, 1])
def test_rows_that_vanish_from_the_end_before_they_are_sealed_are_missing(conn, sealed_before: int) -> None:
    """The writer's own sequence knows how many there were; so when none is left."""
    for _ in range(sealed_before):
        write(conn, 3, 4)
        seal(conn)
    write(conn, 3, 9)
    first = 4 * sealed_before
    assert verified(conn).findings == []
    for left in (7, 3, 0):
        execute(conn, "DELETE FROM inquiry WHERE id >= ?", [3 * SEQUENCES + first + left])
        report = verified(conn)
        assert [(each.what, each.writer, each.first, each.last) for each in report.findings] == [
            (Tampering.ROW_REMOVED, 3, first + left, first + 8)
        ]
        assert report.waiting == left


def test_what_was_rolled_back_is_not_missing(conn) -> None:
    write(conn, 3, 4)
    execute(conn, "BEGIN")
    record(conn, [entry(1)], at=AT, writer=SharedWriter(3), tracking=TRACKING)
    conn.rollback()
    assert verified(conn).findings == []


def test_many_neighbours_are_one_finding() -> None:
    findings = Findings()
    for sequence in range(10_000):
        findings.add(Tampering.ROW_REMOVED, 3, sequence)
    findings.add(Tampering.ROW_REMOVED, 4, 10_000)
    assert [(each.writer, each.first, each.last) for each in findings.found] == [(3, 0, 9999), (4, 10_000, 10_000)]
