"""Whose mobile opens an entitlement on the web, and for how long (S2.8)."""

from datetime import date

import pytest

from daftar.disclosure.applicant import Applicant, find_applicant
from daftar.store.keys import Key
from daftar.terms.outcomes import Ground
from tests.disclosure.callers import TODAY, Callers
from tests.gate.installation import national_code

MINE, HERS = "+989120000001", "+989120000002"


@pytest.fixture
def callers(database_url: str, secrets) -> Callers:
    return Callers(database_url, secrets)


def died(callers: Callers, key: Key) -> None:
    callers.write(("UPDATE person SET death_date = ? WHERE key = ?", [TODAY, key]))


def test_the_mobile_of_a_main_insured_who_has_died_opens_no_dependants_entitlement(conn, callers: Callers) -> None:
    father, mother = callers.person(national_code(1), mobile=MINE), callers.person(national_code(2), mobile=HERS)
    child = callers.person(national_code(3), born=date(2015, 1, 1))
    for main in (father, mother):
        callers.dependant(child, main)
    assert find_applicant(conn, child, callers.mobile(MINE), TODAY) == Applicant(father, Ground.DEPENDANT)
    died(callers, father)
    assert find_applicant(conn, child, callers.mobile(MINE), TODAY) is None
    assert find_applicant(conn, child, callers.mobile(HERS), TODAY) == Applicant(mother, Ground.DEPENDANT)


def test_the_mobile_of_who_has_died_opens_not_their_own_entitlement_either(conn, callers: Callers) -> None:
    person = callers.person(national_code(1), mobile=MINE)
    assert find_applicant(conn, person, callers.mobile(MINE), TODAY) == Applicant(person, Ground.OWN)
    died(callers, person)
    assert find_applicant(conn, person, callers.mobile(MINE), TODAY) is None
