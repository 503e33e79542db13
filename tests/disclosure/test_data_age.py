"""How old the data are that an own entitlement rests on: which offices count (S2.15)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from daftar.disclosure.own_entitlement import data_as_of
from daftar.store.keys import Key
from tests.disclosure.callers import AT, TODAY, Callers
from tests.gate.installation import national_code

YESTERDAY = TODAY - timedelta(days=1)
OLD, NEWER, NEW = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 10, 11))


class Offices(Callers):
    """A registry whose offices have reported."""

    def reported(self, **newest: datetime) -> None:
        """The newest fact of each office."""
        sql = 'INSERT INTO feed_office (office, "table", newest_fact, last_contact) VALUES (?, ?, ?, ?)'
        for office, moment in newest.items():
            self.write((sql, [office, "persons", moment - timedelta(days=9), AT]))
            self.write((sql, [office, "contributions", moment, AT]))

    def spell(self, key: Key, office: str, *, ends: date | None = None, starts: date = date(2010, 1, 1)) -> None:
        """An affiliation that `office` keeps."""
        self.write(
            (
                "INSERT INTO affiliation (affiliation_id, key, kind, starts, ends, insurance_type,"
                " category, pooling_region, office, recorded_at, withdrawn)"
                " VALUES (?, ?, 'compulsory', ?, ?, '', '', '', ?, ?, ?)",
                [uuid4().hex, key, starts, ends, office, AT, False],
            )
        )


@pytest.fixture
def offices(database_url: str, secrets) -> Offices:
    registry = Offices(database_url, secrets)
    registry.reported(old=OLD, newer=NEWER, new=NEW)
    return registry


def test_of_the_spells_that_hold_the_day_the_oldest_report_counts(conn, offices: Offices) -> None:
    person = offices.person(national_code(1))
    assert data_as_of(conn, person, TODAY) is None
    offices.spell(person, "new")
    assert data_as_of(conn, person, TODAY) == NEW
    offices.spell(person, "newer", ends=TODAY)
    assert data_as_of(conn, person, TODAY) == NEWER
    offices.spell(person, "silent")  # has sent nothing
    assert data_as_of(conn, person, TODAY) == NEWER


def test_a_spell_that_is_over_or_to_come_counts_not_beside_one_that_holds(conn, offices: Offices) -> None:
    person = offices.person(national_code(1))
    offices.spell(person, "new")
    offices.spell(person, "old", ends=YESTERDAY)
    offices.spell(person, "old", starts=TODAY + timedelta(days=1))
    assert data_as_of(conn, person, TODAY) == NEW
    assert data_as_of(conn, person, YESTERDAY) == OLD


def test_where_none_holds_the_spell_that_ended_last_counts(conn, offices: Offices) -> None:
    person = offices.person(national_code(1))
    offices.spell(person, "old", ends=date(2012, 1, 1))
    offices.spell(person, "new", ends=date(2020, 1, 1))
    assert data_as_of(conn, person, TODAY) == NEW
    offices.spell(person, "newer", ends=date(2020, 1, 1))  # on the same day
    assert data_as_of(conn, person, TODAY) == NEWER


def test_a_dependency_counts_while_it_and_the_main_insureds_spell_hold(conn, offices: Offices) -> None:
    child, father, mother = (offices.person(national_code(each)) for each in (1, 2, 3))
    offices.spell(father, "old")
    offices.spell(mother, "new")
    offices.spell(mother, "old", ends=YESTERDAY)
    offices.dependant(child, father, ends=YESTERDAY)
    assert data_as_of(conn, child, TODAY) == OLD  # ended last
    offices.dependant(child, mother)
    assert data_as_of(conn, child, TODAY) == NEW
    assert data_as_of(conn, child, date(2019, 12, 31)) is None  # both dependencies begin in 2020
