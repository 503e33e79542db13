"""The facts behind an answer: what was known then, what came and went since, and those of the main insured (S2.17)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from daftar import coverage
from daftar.answers import SharedWriter, TrackingCodes, ask
from daftar.coverage.past import paper_known_since, said
from daftar.disclosure.explanation import Explanation, Fact, Looker, Standing, explain, looks, looks_beside
from daftar.store.connect import transaction
from daftar.store.dialect import execute
from daftar.terms.outcomes import Channel
from tests.answers.asking import AT, TODAY, question
from tests.coverage.registry import affiliation, dependency, evidence, other_cover, paid, person
from tests.disclosure import affiliated

EARLIER, LATER, YET_LATER = (AT + timedelta(days=days) for days in (-30, 3, 6))
SPELL = {"kind": "compulsory", "starts": "2025-01-01", "ends": None, "office": "b8"}


@pytest.fixture
def tracking(secrets) -> TrackingCodes:
    return TrackingCodes(secrets)


def explained(conn: Any, tracking: TrackingCodes, key: UUID, since: Any = None, **asked: Any) -> Explanation:
    """An answer about a person, explained after what happens `since`."""
    with transaction(conn):
        coverage.rebuild(conn, [key], at=AT)
        (answer,) = ask(conn, [question(key, **asked)], at=AT, writer=SharedWriter(), tracking=tracking)
    if since:
        with transaction(conn):
            since()
    found = explain(conn, answer.tracking_code, tracking=tracking)
    assert found is not None
    return found


def known_since(conn: Any, table: str, at: datetime) -> None:
    """As if a feed had brought what the table holds at an instant."""
    execute(conn, f"UPDATE {table} SET known_since = ?", [at])


def put_away(conn: Any, key: UUID, *, known: datetime, until: datetime, withdrawn: bool) -> None:
    """A spell that stood between two instants."""
    values = [key, said(SPELL), EARLIER, known, until, withdrawn]
    sql = """INSERT INTO fact_past (key, "table", said, recorded_at, known_since, replaced_at, withdrawn)
             VALUES (?, 'affiliation', ?, ?, ?, ?, ?)"""
    execute(conn, sql, values)


def of(found: Explanation, table: str, person: int = 0) -> list[Fact]:
    return [fact for fact in found.facts[person].held if fact.table == table]


def months(count: int, first: int = 2020) -> list[str]:
    return [f"{first + place // 12}-{place % 12 + 1:02}" for place in range(count)]


def test_a_fact_that_came_after_the_answer_is_later_though_its_source_recorded_it_before(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        affiliation(conn, key, "compulsory", "2025-01-01")
        known_since(conn, "affiliation", LATER)
    found = explained(conn, tracking, key)
    assert [(fact.recorded_at, fact.known_since, fact.standing) for fact in of(found, "affiliation")] == [
        (AT, LATER, Standing.LATER)
    ]


def test_a_fact_that_came_before_is_not_later_though_its_source_says_so(conn, tracking) -> None:
    """A source whose clock is ahead."""
    with transaction(conn):
        key = person(conn)
        affiliation(conn, key, "compulsory", "2025-01-01")
        known_since(conn, "affiliation", EARLIER)
        execute(conn, "UPDATE affiliation SET recorded_at = ?", [LATER])
    found = explained(conn, tracking, key)
    assert [fact.standing for fact in of(found, "affiliation")] == [Standing.STANDS]


def test_a_fact_withdrawn_since_is_shown_as_such(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        affiliation(conn, key, "compulsory", "2025-01-01")

    def withdrawn() -> None:
        put_away(conn, key, known=EARLIER, until=LATER, withdrawn=True)
        execute(conn, "UPDATE affiliation SET withdrawn = ?, key = ?", [True, UUID(int=0)])

    [fact] = of(explained(conn, tracking, key, withdrawn), "affiliation")
    assert (fact.standing, fact.until, fact.gone) == (Standing.WITHDRAWN, LATER, True)
    assert (fact.values["kind"], fact.values["starts"]) == ("compulsory", date(2025, 1, 1))


def test_a_fact_that_says_something_else_since_is_shown_both_ways(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        affiliation(conn, key, "compulsory", "2025-01-01")

    def ended() -> None:
        put_away(conn, key, known=EARLIER, until=LATER, withdrawn=False)
        execute(conn, "UPDATE affiliation SET ends = ?, known_since = ?", [date(2026, 1, 31), LATER])

    found = of(explained(conn, tracking, key, ended), "affiliation")
    assert {(fact.values["ends"], fact.standing) for fact in found} == {
        (None, Standing.CHANGED),
        (date(2026, 1, 31), Standing.LATER),
    }


def test_what_was_gone_before_or_came_and_went_after_explains_nothing(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        put_away(conn, key, known=EARLIER, until=AT, withdrawn=True)
        put_away(conn, key, known=LATER, until=YET_LATER, withdrawn=True)
    assert of(explained(conn, tracking, key), "affiliation") == []


def test_sex_birth_and_death_are_facts(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn, born="1950-05-01", died="2026-03-01")
        affiliation(conn, key, "pensioner", "2010-01-01")
    [fact] = of(explained(conn, tracking, key), "person")
    assert fact.values == {"sex": "male", "birth_date": date(1950, 5, 1), "death_date": date(2026, 3, 1)}


def test_a_dependants_answer_shows_what_the_main_insureds_cover_rests_on(conn, tracking) -> None:
    with transaction(conn):
        main, son, stranger = person(conn, born="1980-01-01"), person(conn, born="2018-01-01"), person(conn)
        affiliation(conn, main, "compulsory", "2020-01-01")
        paid(conn, main, "compulsory", "2026-09", "2026-10")
        other_cover(conn, main, "ir-relief", "2020-01-01")
        evidence(conn, main, "disability", "2020-01-01")
        affiliation(conn, stranger, "compulsory", "2020-01-01")
        dependency(conn, son, main, "son", "2020-01-01")
    found = explained(conn, tracking, son)
    [own, mains] = found.facts
    assert (own.key, own.through, mains.key) == (son, None, main)
    assert mains.through is not None
    assert mains.through.values["relation"] == "son"
    assert {fact.table for fact in mains.held} == {"person", "affiliation", "contribution"}, "the law reads no more"


def test_the_look_is_journalled_under_the_main_insureds_key_too(conn, tracking) -> None:
    with transaction(conn):
        main, son = person(conn), person(conn, born="2018-01-01")
        affiliation(conn, main, "compulsory", "2020-01-01")
        dependency(conn, son, main, "son", "2020-01-01")
    found = explained(conn, tracking, son)
    by = Looker("hotline-1", Channel.WEB, "ir-1")
    [own, beside] = looks(found, by)
    assert (own.key, own.reason, own.shown, own.reference) == (
        son,
        "explained",
        "inquiry spans facts",
        str(found.inquiry["id"]),
    )
    assert (beside.key, beside.reason, beside.shown, beside.reference) == (main, "named_beside", "facts", None)
    assert (beside.account, beside.channel, beside.office) == ("hotline-1", Channel.WEB, "ir-1")
    assert looks_beside(found, by) == [beside]


def test_only_the_main_insured_of_that_day_is_looked_at(conn, tracking) -> None:
    """Not the husband of before, nor the one of after, nor one whom we did not know of."""
    with transaction(conn):
        wife, first, second, third, unknown = (person(conn, sex="female" if not n else "male") for n in range(5))
        dependency(conn, wife, first, "spouse", "2001-01-01", "2010-12-31")
        dependency(conn, wife, second, "spouse", "2011-01-01")
        dependency(conn, wife, third, "spouse", "2027-01-01")
        dependency(conn, wife, unknown, "spouse", "2020-01-01")
        execute(conn, "UPDATE dependency SET known_since = ? WHERE main_key = ?", [LATER, unknown])
    assert [each.key for each in explained(conn, tracking, wife).facts] == [wife, second]


def test_where_none_holds_the_main_insured_of_the_last_one_says_why(conn, tracking) -> None:
    with transaction(conn):
        wife, first, second = person(conn, sex="female"), person(conn), person(conn)
        dependency(conn, wife, first, "spouse", "2001-01-01", "2010-12-31")
        dependency(conn, wife, second, "spouse", "2011-01-01", "2015-12-31")
    assert [each.key for each in explained(conn, tracking, wife).facts] == [wife, second]


def test_a_main_insured_of_whom_the_tie_was_withdrawn_since_is_shown(conn, tracking) -> None:
    with transaction(conn):
        main, son = person(conn), person(conn, born="2018-01-01")
        affiliation(conn, main, "compulsory", "2020-01-01")
        dependency(conn, son, main, "son", "2020-01-01")

    def withdrawn() -> None:
        tie = {"main_key": main.hex, "relation": "son", "starts": "2020-01-01", "ends": None, "office": ""}
        sql = """INSERT INTO fact_past (key, "table", said, recorded_at, known_since, replaced_at, withdrawn)
                 VALUES (?, 'dependency', ?, ?, ?, ?, ?)"""
        execute(conn, sql, [son, said(tie), EARLIER, EARLIER, LATER, True])
        execute(conn, "UPDATE dependency SET withdrawn = ?", [True])

    found = explained(conn, tracking, son, withdrawn)
    assert [each.key for each in found.facts] == [son, main]
    assert [fact.standing for fact in of(found, "dependency")] == [Standing.WITHDRAWN]


def test_contributions_are_those_around_the_day_asked_about(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        affiliation(conn, key, "compulsory", "2016-01-01")
        paid(conn, key, "compulsory", *months(11 * 12, first=2016))
    found = explained(conn, tracking, key, service_day=date(2022, 6, 15))
    shown = [fact.values["month"] for fact in of(found, "contribution")]
    assert (shown[0], shown[-1], len(shown)) == (date(2023, 6, 1), date(2019, 7, 1), 48)
    assert found.facts[0].unshown == 11 * 12 - 48


def test_the_last_paid_months_are_shown_however_long_ago(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        affiliation(conn, key, "compulsory", "2010-01-01")
        paid(conn, key, "compulsory", *months(40, first=2010))
    found = explained(conn, tracking, key)
    assert found.inquiry["service_day"] == TODAY
    assert (len(of(found, "contribution")), found.facts[0].unshown) == (36, 4)
    assert of(found, "contribution")[0].values["month"] == date(2013, 4, 1)


def test_affiliation_is_explained_by_the_main_insured_and_theirs(conn, tracking, secrets) -> None:
    with transaction(conn):
        people = affiliated.People(conn, secrets)
        people.organisation("fund", "fund")
        child, mother, father = (people.person(name) for name in ("child", "mother", "father"))
        people.tie(child, mother, "2015-01-01")
        people.tie(mother, father, "2010-01-01", relation="spouse")
        people.spell(father, "2005-01-01")
        (reply,) = affiliated.ask(conn, secrets, affiliated.question(child))
    found = explain(conn, reply.tracking_code, tracking=tracking)
    assert found is not None
    assert [each.key for each in found.facts] == [child, mother, father]
    assert [fact.values["starts"] for fact in of(found, "affiliation", 2)] == [date(2005, 1, 1)]


def test_a_paper_seen_once_more_has_been_known_all_along(conn) -> None:
    with transaction(conn):
        key = person(conn)
        paper = (key, "study_certificate", date(2026, 9, 1))
        given = {"valid_until": None, "source": "counter"}
        assert paper_known_since(conn, *paper, **given, at=AT) == AT
        evidence(conn, key, "study_certificate", "2026-09-01")
        assert paper_known_since(conn, *paper, **given, at=LATER) == AT


def test_a_paper_with_another_end_takes_the_place_of_the_first(conn, tracking) -> None:
    with transaction(conn):
        key = person(conn)
        paper = (key, "study_certificate", date(2026, 9, 1))
        evidence(conn, key, "study_certificate", "2026-09-01")

    def longer() -> None:
        until = date(2027, 8, 31)
        assert paper_known_since(conn, *paper, valid_until=until, source="counter", at=LATER) == LATER
        execute(conn, "UPDATE evidence SET valid_until = ?, known_since = ?", [until, LATER])

    found = of(explained(conn, tracking, key, longer), "evidence")
    assert {(fact.values["valid_until"], fact.standing) for fact in found} == {
        (None, Standing.CHANGED),
        (date(2027, 8, 31), Standing.LATER),
    }
