"""Whose mobile opens an entitlement, on the web as by SMS, and for how long (S2.8)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daftar.disclosure.applicant import Applicant, find_applicant
from daftar.disclosure.senders import find_sender
from daftar.rules.majority import grown_born_until, is_minor
from daftar.store.keys import Key
from daftar.terms.outcomes import Ground
from tests.disclosure.callers import AT, TODAY, Callers
from tests.gate.installation import national_code

MINE, HERS = "+989120000001", "+989120000002"
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
CHILD, GROWN = date(2015, 1, 1), date(1990, 1, 1)
OF_AGE = TODAY.replace(year=TODAY.year - 18)


@pytest.fixture
def callers(database_url: str, secrets) -> Callers:
    return Callers(database_url, secrets)


class Household:
    """A main insured with a telephone, and a dependant of theirs without one."""

    def __init__(self, callers: Callers, born: date | None) -> None:
        self.callers = callers
        self.main = callers.person(national_code(1), mobile=MINE)
        self.dependant = callers.person(national_code(2), born=born)
        callers.dependant(self.dependant, self.main)

    def has(self, column: str, value: object, *, key: Key | None = None, table: str = "person") -> None:
        """Something is different of the dependant, or of who is named."""
        where = "key"
        self.callers.write((f"UPDATE {table} SET {column} = ? WHERE {where} = ?", [value, key or self.dependant]))

    def consents(self, **when: object) -> None:
        self.callers.consent(self.dependant, self.main, **when)

    def married_again(self) -> None:
        """The dependency has ended, and a new one began later."""
        self.has("ends", YESTERDAY, table="dependency")
        self.callers.dependant(self.dependant, self.main, starts=TODAY)


SITUATIONS: list[tuple[str, date | None, list[Callable[[Household], None]], Ground | None]] = [
    ("a minor", CHILD, [], Ground.DEPENDANT),
    ("a minor until tomorrow", OF_AGE + timedelta(days=1), [], Ground.DEPENDANT),
    ("of age since today", OF_AGE, [], None),
    ("a day of birth that nobody knows", None, [], None),
    ("a minor who has consented besides", CHILD, [Household.consents], Ground.DEPENDANT),
    ("a minor whose dependency ended", CHILD, [lambda h: h.has("ends", YESTERDAY, table="dependency")], None),
    ("a minor whose dependency begins", CHILD, [lambda h: h.has("starts", TOMORROW, table="dependency")], None),
    ("a minor whose dependency is withdrawn", CHILD, [lambda h: h.has("withdrawn", True, table="dependency")], None),
    ("a minor who has died", CHILD, [lambda h: h.has("death_date", TODAY)], None),
    ("a minor who is withdrawn", CHILD, [lambda h: h.has("withdrawn", True)], None),
    ("a minor of who has died", CHILD, [lambda h: h.has("death_date", TODAY, key=h.main)], None),
    ("a minor of an unverified mobile", CHILD, [lambda h: h.has("mobile_verified", False, key=h.main)], None),
    ("an adult", GROWN, [], None),
    ("an adult who consents", GROWN, [Household.consents], Ground.CONSENT),
    ("who consents, born nobody knows when", None, [Household.consents], Ground.CONSENT),
    (
        "whose dependency ends today",
        GROWN,
        [Household.consents, lambda h: h.has("ends", TODAY, table="dependency")],
        Ground.CONSENT,
    ),
    ("who ended it", GROWN, [lambda h: h.consents(ended_at=AT)], None),
    ("who ended it and consents again", GROWN, [lambda h: h.consents(ended_at=AT), Household.consents], Ground.CONSENT),
    (
        "whose dependency ended",
        GROWN,
        [Household.consents, lambda h: h.has("ends", YESTERDAY, table="dependency")],
        None,
    ),
    ("whose dependency began anew", GROWN, [lambda h: h.consents(given=YESTERDAY), Household.married_again], None),
    ("who consents in the new dependency", GROWN, [Household.married_again, Household.consents], Ground.CONSENT),
    ("who consented and died", GROWN, [Household.consents, lambda h: h.has("death_date", TODAY)], None),
    ("who is withdrawn", GROWN, [Household.consents, lambda h: h.has("withdrawn", True)], None),
    ("of who has died", GROWN, [Household.consents, lambda h: h.has("death_date", TODAY, key=h.main)], None),
    (
        "of an unverified mobile",
        GROWN,
        [Household.consents, lambda h: h.has("mobile_verified", False, key=h.main)],
        None,
    ),
    ("of who is withdrawn", GROWN, [Household.consents, lambda h: h.has("withdrawn", True, key=h.main)], None),
]


@pytest.mark.parametrize(("born", "happened", "ground"), [pytest.param(*each[1:], id=each[0]) for each in SITUATIONS])
def test_by_whose_mobile_a_dependant_is_asked_about(
    conn, callers: Callers, born: date | None, happened: list[Callable[[Household], None]], ground: Ground | None
) -> None:
    household = Household(callers, born)
    for each in happened:
        each(household)
    mobile, expected = callers.mobile(MINE), Applicant(household.main, ground) if ground else None
    assert find_applicant(conn, household.dependant, mobile, "ir", TODAY) == expected
    assert find_sender(conn, mobile, at=AT).persons.get(household.dependant) == expected
    stranger = callers.mobile(HERS)
    assert find_applicant(conn, household.dependant, stranger, "ir", TODAY) is None


def test_the_mobile_of_who_has_died_opens_not_their_own_entitlement_either(conn, callers: Callers) -> None:
    person = callers.person(national_code(1), mobile=MINE)
    assert find_applicant(conn, person, callers.mobile(MINE), "ir", TODAY) == Applicant(person, Ground.OWN)
    callers.write(("UPDATE person SET death_date = ? WHERE key = ?", [TODAY, person]))
    assert find_applicant(conn, person, callers.mobile(MINE), "ir", TODAY) is None


def test_a_consent_lets_one_main_insured_ask_and_not_the_other(conn, callers: Callers) -> None:
    household = Household(callers, GROWN)
    mother = callers.person(national_code(3), mobile=HERS)
    callers.dependant(household.dependant, mother)
    callers.consent(household.dependant, mother)
    asked = [find_applicant(conn, household.dependant, callers.mobile(each), "ir", TODAY) for each in (MINE, HERS)]
    assert asked == [None, Applicant(mother, Ground.CONSENT)]


def test_a_mismatch_costs_one_statement_whoever_is_asked_about(conn, callers: Callers, monkeypatch) -> None:
    """S2.9: nobody learns by the clock or the load whether a person is known."""
    household = Household(callers, GROWN)
    household.consents()
    asked = []
    monkeypatch.setattr("daftar.disclosure.applicant.rows", lambda _, sql, values: asked.append((sql, len(values))))
    for key in (household.dependant, household.main, callers.secrets.key("ir-national-code", national_code(99))):
        find_applicant(conn, key, callers.mobile(HERS), "ir", TODAY)
    assert len(asked) == 3
    assert len(set(asked)) == 1


DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@settings(suppress_health_check=[HealthCheck.differing_executors])
@given(born=DAYS, day=st.dates(date(2020, 5, 21), date(2060, 12, 31)))
def test_web_and_sms_count_the_same_birthday(born: date, day: date) -> None:
    """The one asks for the day of birth in SQL, the other of each dependant; of 29 February too."""
    assert is_minor(born, day, "ir") is (born > grown_born_until(day, "ir"))


@pytest.mark.parametrize(
    ("born", "of_age"), [(date(2008, 2, 29), date(2026, 3, 1)), (date(2010, 3, 1), date(2028, 3, 1))]
)
def test_birthdays_around_a_leap_day(born: date, of_age: date) -> None:
    for jurisdiction in ("ir", "cn"):
        assert is_minor(born, of_age - timedelta(days=1), jurisdiction)
        assert not is_minor(born, of_age, jurisdiction)
        assert (
            grown_born_until(of_age - timedelta(days=1), jurisdiction) < born <= grown_born_until(of_age, jurisdiction)
        )


def test_where_the_law_of_the_day_says_nothing_nobody_is_a_minor() -> None:
    for jurisdiction, day in (("ir", date(2020, 5, 20)), ("nowhere", TODAY)):
        assert not is_minor(CHILD, day, jurisdiction)
        assert grown_born_until(day, jurisdiction) >= CHILD
