"""The engine against a slow oracle that shares no code with it: 10,000 random households, random days, boundaries."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from daftar.rules import law
from daftar.rules.engine.duckdb import Law, spans_of
from daftar.rules.engine.household import Household
from daftar.rules.parameters import read_law_set
from daftar.terms.jurisdictions import jurisdictions
from tests.rules.answering import ONE_DAY, Spans
from tests.rules.households import FIRST, LAST, facts, household
from tests.rules.humans import Dependency, Human, Spell
from tests.rules.laws import changed_law, law_with
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


def in_force(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the engine read the parameters of `folder`."""
    monkeypatch.setattr(law, "law_set", lambda code: read_law_set(folder / code))


def rows(table: pa.Table) -> list[list]:
    """Rows of a table in no order."""
    return [list(row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize("seed", [SEED, SEED + 10, SEED + 20])
def test_engine_and_oracle_agree_under_a_law_that_changes_often(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    changed_law(tmp_path, seed)
    in_force(tmp_path, monkeypatch)
    random = Random(seed + 2)
    houses = [household(random, f"h{n}") for n in range(CHANGED)]
    there = Law(pa.string()).spans_of(facts(human for people in houses for human in people))
    assert disagreements(Spans(there), houses, tmp_path)[:3] == []
    few = facts(human for people in houses[:200] for human in people)
    names = set(few["persons"]["key"].to_pylist())
    assert sorted(rows(Household().spans_of(few)), key=str) == sorted(
        (r for r in rows(there) if r[0] in names), key=str
    )


def test_grace_made_longer_years_later_brings_cover_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """How long grace is, the law of the day says, also when it changes in a later block of months than was paid."""
    law_with(tmp_path, **{"ir/grace/compulsory": {date(1950, 1, 1): 0, date(2024, 4, 8): 14}})
    in_force(tmp_path, monkeypatch)
    paid = {("compulsory", 2023, 6), ("compulsory", 2023, 7)}
    human = Human("worker", born=date(1959, 3, 1), spells=[Spell("compulsory", date(2023, 6, 18))], paid=paid)
    spans = Spans(Law(pa.string()).spans_of(facts([human])))
    assert [spans.ask("worker", "ir-sso", day)[0] for day in BACK] == ["covered", "not_covered", "covered"]
    assert spans.ask("worker", "ir-sso", BACK[-1])[3] == date(2024, 9, 30)
    assert disagreements(spans, [[human]], tmp_path) == []


BACK = (date(2023, 7, 31), date(2024, 4, 7), date(2024, 4, 8))


@pytest.mark.parametrize(
    ("dropped", "reason"),
    [
        (set(), "birth_certificate_check_missing"),
        ({"birth_certificate_seen"}, "unmarried_evidence_missing"),
        ({"birth_certificate_seen", "unmarried"}, "not_employed_evidence_missing"),
    ],
)
def test_what_a_daughter_lacks_first_is_of_what_the_law_needs(
    dropped: set[str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    law_with(tmp_path, **{f"ir/needed/daughter_{kind}": {date(1950, 1, 1): False} for kind in dropped})
    in_force(tmp_path, monkeypatch)
    main = Human("mother", sex="female", spells=[Spell("pensioner", date(2015, 6, 6))])
    dependencies = [Dependency("mother", "daughter", date(2022, 5, 3))]
    human = Human("daughter", sex="female", born=date(1990, 3, 2), dependencies=dependencies)
    spans = Spans(Law(pa.string()).spans_of(facts([main, human])))
    assert spans.ask("daughter", "ir-sso", date(2026, 1, 1))[2] == reason
    assert disagreements(spans, [[main, human]], tmp_path) == []
