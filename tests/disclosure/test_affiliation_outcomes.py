"""The four outcomes: the decision table of S1.17 case by case, and random households against a slow oracle."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.disclosure.affiliation.decision import decide
from daftar.disclosure.affiliation.facts import LAST, Facts, PersonFact, Spell, Tie
from daftar.disclosure.affiliation.relationships import relationships
from tests.disclosure.affiliated import TODAY, People, ask, question
from tests.disclosure.affiliation_oracle import Somebody, Town, affiliated_on, outcome

FIRST = TODAY - timedelta(days=24)
NAMES = ("a", "b", "c", "d")
days = st.integers(0, 28).map(lambda n: FIRST + timedelta(days=n))
ends = st.none() | days
somebody = st.builds(
    Somebody,
    died=st.none() | days,
    spells=st.lists(st.tuples(days, ends), max_size=2),
    ties=st.lists(st.tuples(st.sampled_from((*NAMES, "nobody")), days, ends), max_size=2),
)
towns = st.dictionaries(st.sampled_from(NAMES), somebody, max_size=4)
periods = st.none() | st.tuples(days, days).map(lambda pair: (min(pair), min(max(pair), TODAY))).filter(
    lambda pair: pair[0] <= pair[1]
)


def facts(town: Town) -> Facts:
    """The town as the registry's rows; a name is its place among all names."""
    number = {name: place for place, name in enumerate((*NAMES, "nobody"))}
    return Facts(
        persons={number[name]: PersonFact(None, each.died, b"") for name, each in town.items()},
        spells={
            number[name]: [Spell("compulsory", first, last or LAST, "", "", None) for first, last in each.spells]
            for name, each in town.items()
        },
        ties={
            number[name]: [Tie(number[main], "son", first, last or LAST, "") for main, first, last in each.ties]
            for name, each in town.items()
            if each.ties
        },
        numbers={},
        offices={},
    )


@settings(max_examples=600)
@given(town=towns, name=st.sampled_from(NAMES), period=periods)
def test_random_households_are_decided_as_the_oracle_does(
    town: Town, name: str, period: tuple[date, date] | None
) -> None:
    held = relationships(facts(town), NAMES.index(name))
    decision = decide(held, known=name in town, today=TODAY, period=period)
    assert decision.outcome == outcome(town, name, TODAY, period)


@settings(max_examples=300)
@given(town=towns, name=st.sampled_from(NAMES), day=days)
def test_the_relationships_told_hold_exactly_the_days_of_affiliation(town: Town, name: str, day: date) -> None:
    held = relationships(facts(town), NAMES.index(name))
    assert any(each.holds(day) for each in held) == affiliated_on(town, name, day)


@settings(max_examples=300)
@given(town=towns, name=st.sampled_from(NAMES), period=periods)
def test_what_is_told_lies_in_the_period_or_holds_today(
    town: Town, name: str, period: tuple[date, date] | None
) -> None:
    held = relationships(facts(town), NAMES.index(name))
    decision = decide(held, known=name in town, today=TODAY, period=period)
    for each in decision.relationships:
        if decision.outcome == "active":
            assert each.starts <= TODAY <= each.ends
        else:
            assert period is not None
            assert each.starts <= period[1]
            assert each.ends >= period[0]


CASES: dict[str, tuple[str, tuple[str, str] | None, str]] = {
    # who, period, outcome
    "unknown": ("nobody", None, "no_record"),
    "unknown in a period": ("nobody", ("2020-01-01", "2026-11-21"), "no_record"),
    "withdrawn": ("withdrawn", None, "no_record"),
    "known only": ("known", None, "not_active"),
    "known only, in a period": ("known", ("2020-01-01", "2026-11-21"), "no_record"),
    "working": ("working", None, "active"),
    "working, period with today": ("working", ("2026-11-21", "2026-11-21"), "active"),
    "working, period until yesterday": ("working", ("2026-01-01", "2026-11-20"), "affiliated_in_period"),
    "working, period before the first day": ("working", ("2019-01-01", "2019-12-31"), "no_record"),
    "period that touches the first day": ("working", ("2019-01-01", "2020-01-01"), "affiliated_in_period"),
    "left": ("left", None, "not_active"),
    "left, last day of the spell": ("left", ("2018-12-31", "2026-11-21"), "affiliated_in_period"),
    "left, day after": ("left", ("2019-01-01", "2026-11-21"), "no_record"),
    "last day is today": ("leaving", None, "active"),
    "first day is tomorrow": ("coming", None, "not_active"),
    "died today": ("died today", None, "active"),
    "died yesterday": ("died yesterday", None, "not_active"),
    "died yesterday, period with today": (
        "died yesterday",
        ("2026-11-20", "2026-11-21"),
        "affiliated_in_period",
    ),
    "child of the working": ("child", None, "active"),
    "child of the dead": ("orphan", None, "not_active"),
    "child of the dead, before": ("orphan", ("2026-01-01", "2026-11-20"), "affiliated_in_period"),
    "child of a child": ("grandchild", None, "active"),
    "in a circle": ("circle", None, "not_active"),
}


@pytest.fixture
def people(conn: Any, secrets: Any) -> People:
    """Those of the cases."""
    made = People(conn, secrets)
    made.organisation("fund", "fund")
    for name in ("known", "working", "left", "leaving", "coming", "child", "orphan", "grandchild", "circle", "round"):
        made.person(name)
    made.person("died today", died="2026-11-21")
    made.person("died yesterday", died="2026-11-20")
    made.person("withdrawn", withdrawn=True)
    for name, first, last in (
        ("working", "2020-01-01", ""),
        ("left", "2015-01-01", "2018-12-31"),
        ("leaving", "2020-01-01", "2026-11-21"),
        ("coming", "2026-11-22", ""),
        ("died today", "2020-01-01", ""),
        ("died yesterday", "2020-01-01", ""),
        ("withdrawn", "2020-01-01", ""),
    ):
        made.spell(secrets.key("ir-national-code", name), first, last)
    for name, main in (
        ("child", "working"),
        ("orphan", "died yesterday"),
        ("grandchild", "child"),
        ("circle", "round"),
        ("round", "circle"),
    ):
        made.tie(secrets.key("ir-national-code", name), secrets.key("ir-national-code", main), "2016-01-01")
    return made


def test_each_case_of_the_decision_table(people: People) -> None:
    for name, (who, period, expected) in CASES.items():
        first, last = (date.fromisoformat(each) for each in period) if period else (None, None)
        key = people.secrets.key("ir-national-code", who)
        (answer,) = ask(people.conn, people.secrets, question(key, period_from=first, period_to=last))
        assert isinstance(answer, AffiliationAnswer)
        assert answer.outcome == expected, name


def test_a_batch_is_answered_in_order_as_each_question_alone(people: People) -> None:
    keys = [people.secrets.key("ir-national-code", who) for who, *_ in CASES.values()]
    together = ask(people.conn, people.secrets, *(question(key) for key in keys * 2))
    alone = [ask(people.conn, people.secrets, question(key))[0] for key in keys] * 2
    assert [strip(each) for each in together] == [strip(each) for each in alone]
    assert len({each.tracking_code for each in together}) == len(together)


def strip(answer: Any) -> dict[str, Any]:
    """All but the code."""
    return {name: getattr(answer, name) for name in answer.__struct_fields__ if name != "tracking_code"}
