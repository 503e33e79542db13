"""What holds for all spans of random households, whatever the facts."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from daftar.rules import version
from daftar.rules.engine.duckdb import spans_of
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Basis, Reason, Relation
from tests.rules.answering import ONE_DAY, Spans
from tests.rules.households import facts, household
from tests.rules.humans import Human

RELATIONS = {relation.value for relation in Relation}


@pytest.fixture(scope="module")
def people() -> dict[str, Human]:
    random = Random(7)
    return {human.name: human for n in range(1_500) for human in household(random, f"h{n}")}


@pytest.fixture(scope="module")
def table(people):
    return spans_of(facts(people.values()))


@pytest.fixture(scope="module")
def spans(table) -> Spans:
    return Spans(table)


def own_insurer(human: Human) -> str:
    return jurisdictions()[human.jurisdiction].insurer


def test_spans_never_overlap_and_starts_are_unique(spans):
    for rows in spans.of.values():
        for row, after in pairwise(rows):
            assert row.starts < after.starts
            assert row.ends is not None
            assert row.ends < after.starts


def test_an_empty_span_ends_the_day_before_it_starts_and_rests_on_nothing(spans):
    for rows in spans.of.values():
        for row in rows:
            empty = row.ends is not None and row.ends < row.starts
            assert empty == (row.basis == Basis.NONE)
            assert not empty or row.ends == row.starts - ONE_DAY


def test_no_row_says_what_the_row_before_already_said(spans):
    for rows in spans.of.values():
        for row, after in pairwise(rows):
            if after.basis == Basis.NONE:
                assert row.reason_after != after.reason
                assert row.basis == Basis.NONE or after.starts > row.ends + ONE_DAY
            elif row.ends == after.starts - ONE_DAY:
                assert (row.basis, row.reason) != (after.basis, after.reason)


def test_nothing_is_covered_after_death(spans, people):
    dead = [human for human in people.values() if human.died]
    assert dead
    for human in dead:
        for (name, insurer), rows in ((k, v) for k, v in spans.of.items() if k[0] == human.name):
            assert all(row.ends is not None and row.ends <= human.died for row in rows if row.basis != Basis.NONE)
            assert spans.ask(name, insurer, human.died + ONE_DAY)[2] == Reason.DECEASED


def test_a_dependant_is_covered_only_while_a_main_insured_is_or_in_the_survivor_term(spans, people):
    seen = Counter()
    for human in people.values():
        for row in spans.of.get((human.name, own_insurer(human)), []):
            if row.basis not in RELATIONS:
                continue
            for day in {row.starts, row.ends or date(2028, 6, 1)}:
                mains = [people[d.main] for d in human.dependencies if d.relation == row.basis]
                alive = [spans.ask(main.name, own_insurer(main), day)[0] == "covered" for main in mains]
                died = [main.died and main.died < day <= main.died + timedelta(days=92) for main in mains]
                assert any(died) if row.reason == Reason.SURVIVOR_TERM else any(alive)
                seen[row.reason] += 1
    assert {Reason.DEPENDANT_IN_FORCE, Reason.PROVISIONAL_EVIDENCE, Reason.SURVIVOR_TERM} <= set(seen)


def test_rows_carry_the_insurer_and_the_law_of_the_jurisdiction(table, people):
    for row in table.to_pylist():
        human = people[row["key"]]
        assert row["rule_version"] == version(human.jurisdiction)
        allowed = {Basis.NONE} if row["insurer"] == own_insurer(human) else {Basis.NONE, Basis.OTHER_INSURER}
        assert (row["basis"] in allowed) or (
            row["insurer"] == own_insurer(human) and row["basis"] != Basis.OTHER_INSURER
        )


def test_the_order_of_facts_does_not_matter(people):
    some = list(people.values())[:400]
    backwards = facts(reversed(some))
    assert set(map(str, spans_of(facts(some)).to_pylist())) == set(map(str, spans_of(backwards).to_pylist()))


def test_keys_may_be_whole_numbers(people):
    import pyarrow as pa

    some = list(people.values())[:200]
    number = {human.name: n for n, human in enumerate(some)}
    words = facts(some)
    numbered = {name: _numbered(table, number, pa.int64()) for name, table in words.items()}
    back = {n: name for name, n in number.items()}
    got = {(back[row["key"]], row["starts"], row["reason"]) for row in spans_of(numbered).to_pylist()}
    assert got == {(row["key"], row["starts"], row["reason"]) for row in spans_of(words).to_pylist()}


def _numbered(table, number, kind):
    import pyarrow as pa

    for column in ("key", "main_key"):
        if column in table.column_names:
            keys = [number.setdefault(key, len(number)) for key in table[column].to_pylist()]
            table = table.set_column(table.column_names.index(column), column, pa.array(keys, kind))
    return table
