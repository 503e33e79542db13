"""The engine against a slow oracle that shares no code with it: 10,000 random households, random days, boundaries."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from daftar.rules import law
from daftar.rules.engine.duckdb import Law, spans_of
from daftar.rules.parameters import read_law_set
from daftar.terms.jurisdictions import jurisdictions
from tests.rules.answering import ONE_DAY, Spans
from tests.rules.households import FIRST, LAST, facts, household
from tests.rules.humans import Human
from tests.rules.laws import changed_law
from tests.rules.oracle import FOLDER, Oracle

FAR = date(2190, 1, 1)
HOUSEHOLDS, CHANGED = 10_000, 1_500
SEED = 20261121


def questions(random: Random, people: list[Human], spans: Spans) -> Iterator[tuple[Human, date]]:
    """For each person a random day; for one of them every day on which something changes, and the day before."""
    for human in people:
        yield human, FIRST + timedelta(days=random.randint(-900, (LAST - FIRST).days + 900))
    chosen = random.choice(people)
    for row in spans.of.get((chosen.name, insurer(chosen)), []):
        yield chosen, row.starts
        yield chosen, row.starts - ONE_DAY
        if row.ends is not None:
            yield chosen, row.ends
            yield chosen, row.ends + ONE_DAY


def insurer(human: Human) -> str:
    """Code of the insurer in whose name the person is answered."""
    return jurisdictions()[human.jurisdiction].insurer


def disagreements(spans: Spans, houses: list[list[Human]], folder: Path) -> list[str]:
    """Every question on which engine and oracle differ."""
    random = Random(SEED + 1)
    found = []
    for people in houses:
        oracle = Oracle({human.name: human for human in people}, folder)
        for human, day in questions(random, people, spans):
            status, right = oracle.ask(human.name, day)
            said, basis, reason, until = spans.ask(human.name, insurer(human), day)
            if said != status or (basis, reason) not in right:
                found.append(f"{human} on {day}: engine {said} {basis} {reason} until {until}, oracle {status} {right}")
            elif said == "covered":
                found += (
                    f"{human} on {day}: until {until} is {why}" for why in wrong_end(oracle, human.name, day, until)
                )
    return found


def wrong_end(oracle: Oracle, name: str, day: date, until: date | None) -> list[str]:
    """What the oracle has against the last day of a cover that holds `day`; an open one is asked on a far day."""
    last = until or FAR
    between = day + timedelta(days=(last - day).days // 2)
    found = [f"too late: {each}" for each in (between, last) if oracle.ask(name, each)[0] != "covered"]
    if until is not None and oracle.ask(name, until + ONE_DAY)[0] == "covered":
        found.append("too early")
    return found


def test_engine_and_oracle_agree_on_ten_thousand_households():
    random = Random(SEED)
    houses = [household(random, f"h{n}") for n in range(HOUSEHOLDS)]
    spans = Spans(spans_of(facts(human for people in houses for human in people)))
    assert disagreements(spans, houses, FOLDER)[:3] == []


def test_the_short_way_and_the_whole_timeline_give_the_same_rows():
    random = Random(SEED + 3)
    people = [human for n in range(4_000) for human in household(random, f"h{n}")]
    shorter = facts(people)
    whole = {**shorter, "whole": shorter["persons"].select(["key"])}
    assert set(map(tuple, rows(spans_of(shorter)))) == set(map(tuple, rows(spans_of(whole))))


def rows(table: pa.Table) -> list[list]:
    """Rows of a table in no order."""
    return [list(row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize("seed", [SEED, SEED + 10, SEED + 20])
def test_engine_and_oracle_agree_under_a_law_that_changes_often(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    changed_law(tmp_path, Random(seed))
    monkeypatch.setattr(law, "law_set", lambda code: read_law_set(tmp_path / code))
    random = Random(seed + 2)
    houses = [household(random, f"h{n}") for n in range(CHANGED)]
    spans = Spans(Law(pa.string()).spans_of(facts(human for people in houses for human in people)))
    assert disagreements(spans, houses, tmp_path)[:3] == []
