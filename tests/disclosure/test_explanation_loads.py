"""Explanations of answers given while facts come in: each fact that the law reads, and what was not counted yet."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from daftar.answers import Answer, SharedWriter, TrackingCodes, ask
from daftar.disclosure.explanation import Explanation, Fact, Standing, explain
from daftar.disclosure.explanation.facts import COLUMNS
from daftar.feeds.due import rebuild_due
from daftar.feeds.tables import TABLES
from daftar.rules.engine.arrow import FACTS
from daftar.store.connect import connect, transaction
from daftar.store.keys import Secrets
from tests.answers.asking import question
from tests.feeds.conftest import Registry, national_code, person

NOON = datetime(2100, 1, 1, 12, tzinfo=UTC)  # no clock is ahead of it
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAY = date(2026, 6, 1)
SPELL = {"affiliation_id": "A-1", "kind": "pensioner", "starts": "2020-01-01"}
ENDED = SPELL | {"ends": "2025-01-01", "recorded_at": "2026-02-01T00:00:00Z"}
WITHDRAWN = SPELL | {"deleted": "true", "recorded_at": "2026-02-01T00:00:00Z"}
FIRST = {"recorded_at": "2026-01-01T00:00:00Z"}


class Scene:
    """A registry that is loaded and asked by the clock."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.tracking = TrackingCodes(registry.secrets)

    def load(self, table: str, at: datetime, *rows: dict[str, str], rebuild: bool = True) -> None:
        """Load rows; without `rebuild`, as far as a load has come before it computes cover."""
        report = self.registry.load(table, list(rows), at=at, rebuild=rebuild)
        assert (report.problem, report.quarantined_rows, report.pending) == (None, 0, 0)

    def compute(self, at: datetime) -> None:
        """The end of a load."""
        conn = connect(self.registry.url)
        rebuild_due(conn, at=at)
        conn.close()

    def ask(self, number: int, at: datetime) -> Answer:
        """Ask about a person."""
        key = self.registry.secrets.key("ir-national-code", national_code(number))
        conn = connect(self.registry.url)
        with transaction(conn):
            asked = question(key, service_day=DAY)
            (answer,) = ask(conn, [asked], at=at, writer=SharedWriter(), tracking=self.tracking)
        conn.close()
        assert isinstance(answer, Answer)
        return answer

    def explain(self, answer: Answer) -> Explanation:
        """Take an answer apart."""
        conn = connect(self.registry.url)
        found = explain(conn, answer.tracking_code, tracking=self.tracking)
        conn.close()
        assert found is not None
        return found


@pytest.fixture
def scene(database_url: str, secrets: Secrets, tmp_path: Path) -> Scene:
    """Persons 1 and 2 are known; 1 is a pensioner."""
    scene = Scene(Registry(database_url, secrets, tmp_path))
    known = {"birth_date": "1980-01-01", "sex": "female"} | FIRST
    scene.load("persons", NOON, person(1, **known), person(2, **known))
    scene.load("affiliations", NOON + MINUTE, person(1, **SPELL, **FIRST))
    return scene


def of(found: Explanation, table: str, place: int = 0) -> list[Fact]:
    return [fact for fact in found.facts[place].held if fact.table == table]


def test_each_column_that_the_law_reads_is_shown() -> None:
    """All but whose fact it is and under whose law they live; `whole` is no fact."""
    read = {
        TABLES[name].target: set(columns) - {"key", "jurisdiction"} for name, columns in FACTS.items() if name in TABLES
    }
    assert FACTS.keys() - TABLES.keys() == {"whole"}
    assert {table: set(columns) - {"office"} for table, columns in COLUMNS.items()} == read


def test_a_spouses_sex_corrected_after_the_answer_shows_what_changed(scene: Scene) -> None:
    """A husband has conditions of his own: he was covered while he was held for a woman."""
    scene.load(
        "dependencies",
        NOON + HOUR,
        person(
            2, main_id_type="ir-national-code", main_id_number=national_code(1), relation="spouse", starts="2020-01-01"
        ),
    )
    before = scene.ask(2, NOON + 2 * HOUR)
    corrected = {"birth_date": "1980-01-01", "sex": "male", "recorded_at": "2026-02-01T00:00:00Z"}
    scene.load("persons", NOON + 3 * HOUR, person(2, **corrected))
    after = scene.ask(2, NOON + 4 * HOUR)
    assert (before.status, after.status) == ("covered", "not_covered")
    found = scene.explain(before)
    assert found.spans_changed
    assert {(fact.values["sex"], fact.standing) for fact in of(found, "person")} == {
        ("female", Standing.CHANGED),
        ("male", Standing.LATER),
    }
    assert [fact.values["sex"] for fact in of(found, "person", 1)] == ["female"], "of the wife the law reads it too"
    assert [(fact.values["sex"], fact.standing) for fact in of(scene.explain(after), "person")] == [
        ("male", Standing.STANDS)
    ]


def test_a_fact_that_came_while_a_load_ran_may_not_have_counted(scene: Scene) -> None:
    scene.load("affiliations", NOON + HOUR, person(2, **SPELL | {"affiliation_id": "A-2"}), rebuild=False)
    answer = scene.ask(2, NOON + HOUR + MINUTE)
    assert answer.status == "not_covered"
    during = scene.explain(answer)
    assert [fact.standing for fact in of(during, "affiliation")] == [Standing.STANDS]
    assert (during.spans_changed, during.may_be_uncounted) == (False, True)
    scene.compute(NOON + 2 * HOUR)
    found = scene.explain(answer)
    assert (found.spans_changed, found.may_be_uncounted) == (True, True)
    assert scene.ask(2, NOON + 3 * HOUR).status == "covered"


def test_a_person_who_came_while_a_load_ran_was_unknown_to_the_answer(scene: Scene) -> None:
    scene.load("persons", NOON + HOUR, person(3, birth_date="1980-01-01"), rebuild=False)
    answer = scene.ask(3, NOON + HOUR + MINUTE)
    assert answer.reason == "unknown_person"
    scene.compute(NOON + 2 * HOUR)
    assert scene.explain(answer).may_be_uncounted


@pytest.mark.parametrize("row", [ENDED, WITHDRAWN], ids=["changed", "withdrawn"])
def test_what_went_while_a_load_ran_may_have_counted_still(scene: Scene, row: dict[str, str]) -> None:
    scene.load("affiliations", NOON + HOUR, person(1, **row), rebuild=False)
    answer = scene.ask(1, NOON + HOUR + MINUTE)
    assert answer.status == "covered"
    scene.compute(NOON + 2 * HOUR)
    assert scene.explain(answer).may_be_uncounted
    assert scene.ask(1, NOON + 3 * HOUR).status == "not_covered"


def test_of_a_dependant_what_the_main_insured_was_said_to_be_counts_too(scene: Scene) -> None:
    tie = {"main_id_type": "ir-national-code", "main_id_number": national_code(1), "relation": "spouse"}
    scene.load("dependencies", NOON + HOUR, person(2, starts="2020-01-01", **tie))
    scene.load("affiliations", NOON + 2 * HOUR, person(1, **ENDED), rebuild=False)
    answer = scene.ask(2, NOON + 2 * HOUR + MINUTE)
    assert scene.explain(answer).may_be_uncounted
    scene.compute(NOON + 3 * HOUR)
    assert scene.explain(answer).may_be_uncounted


def test_what_was_computed_before_the_answer_has_counted(scene: Scene) -> None:
    """Whatever comes later, and while it waits: the answer knew all that is not marked."""
    answer = scene.ask(1, NOON + HOUR)
    assert not scene.explain(answer).may_be_uncounted
    scene.load("affiliations", NOON + 2 * HOUR, person(1, **ENDED), rebuild=False)
    assert not scene.explain(answer).may_be_uncounted
    scene.compute(NOON + 3 * HOUR)
    found = scene.explain(answer)
    assert (found.spans_changed, found.may_be_uncounted) == (True, False)
