"""Every cell of the who-sees-what table against an expectation written by hand from S1.18-S1.20 and contracts §1.

The expectation names fields as a reader of the guide would, and shares nothing with the table that it checks.
"""

from itertools import product
from typing import Any

import pytest

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.disclosure.who_sees_what import WHO_SEES_WHAT, Role
from daftar.terms.outcomes import AffiliationOutcome
from tests.disclosure.affiliated import TODAY, People, ask, journalled, question

KINDS = ("fund", "judicial", "quasi_judicial", "own")
OUTCOMES = ("no_record", "not_active", "affiliated_in_period", "active")
ROLES = ("main", "dependant")

NAME = {"given_name", "family_name", "father_name", "birth_date"}
SPELL_THEN = {
    "relation_type",
    "kind",
    "insurance_type",
    "office",
    "office_name",
    "workshop_number",
    "workshop_name",
    "starts",
    "ends",
}
SPELL_NOW = (SPELL_THEN - {"ends"}) | {"pensioner_number"}
OF_MAIN = {
    "given_name",
    "family_name",
    "father_name",
    "id_booklet_no",
    "number",
    "insurance_number",
    "birth_date",
}
REACH = {"residence_address", "phone", "mobile"}
WORK = {"workshop_name", "workshop_address", "workshop_phone", "employer_name"}


def expected(kind: str, outcome: str, role: str) -> dict[str, set[str] | None]:
    """What the guide lets this asker see."""
    court = kind in ("judicial", "quasi_judicial")
    cell: dict[str, set[str] | None] = {
        "person": None,
        "spells": None,
        "main_insured": None,
        "contact": None,
        "workplaces": None,
    }
    if outcome == "not_active":
        cell["person"] = NAME
    if outcome == "affiliated_in_period":
        cell |= {"person": NAME, "spells": SPELL_THEN}
    if outcome == "active":
        cell |= {"person": NAME | {"insurance_number"}, "spells": SPELL_NOW}
        if role == "dependant":
            cell["main_insured"] = OF_MAIN if court else {"insurance_number"}
            cell["spells"] = SPELL_NOW | {"kinship"} if court else SPELL_NOW
        if court:
            cell |= {"contact": REACH | {"workplaces"}, "workplaces": WORK}
    return cell


@pytest.fixture
def people(conn: Any, secrets: Any) -> People:
    """Ali works; Sara is his daughter; the spells of Reza and of his son Nima are over."""
    made = People(conn, secrets)
    for kind in KINDS[:3]:
        made.organisation(kind, kind)
    for name in ("Ali", "Sara", "Reza", "Nima"):
        made.person(name)
    key = lambda name: secrets.key("ir-national-code", name)  # noqa: E731 - one line, three uses
    made.spell(key("Ali"), "2020-01-01")
    made.tie(key("Sara"), key("Ali"), "2021-05-05", relation="daughter")
    made.spell(key("Reza"), "2015-01-01", "2018-12-31")
    made.tie(key("Nima"), key("Reza"), "2014-01-01")
    return made


def answered(people: People, kind: str, outcome: str, role: str) -> AffiliationAnswer:
    """Ask so that the cell's outcome is the answer."""
    name = {"main": "Reza", "dependant": "Nima"}[role]
    period: dict[str, Any] = {}
    if outcome == "active":
        name = {"main": "Ali", "dependant": "Sara"}[role]
    if outcome == "affiliated_in_period":
        period = {"period_from": TODAY.replace(year=2016), "period_to": TODAY.replace(year=2017)}
    if outcome == "no_record":
        period = {"period_from": TODAY.replace(year=2001), "period_to": TODAY.replace(year=2002)}
    key = people.secrets.key("ir-national-code", name)
    (answer,) = ask(people.conn, people.secrets, question(key, kind, **period))
    assert isinstance(answer, AffiliationAnswer)
    assert answer.outcome == outcome
    return answer


def told(answer: AffiliationAnswer) -> dict[str, set[str] | None]:
    """The names of all fields that left."""
    names = lambda part: None if part is None else set(part)  # noqa: E731 - one line
    workplaces = None if answer.contact is None else [set(each) for each in answer.contact["workplaces"]]
    return {
        "person": names(answer.person),
        "spells": None if answer.spells is None else set().union(*answer.spells),
        "main_insured": names(answer.main_insured),
        "contact": names(answer.contact),
        "workplaces": None if workplaces is None else set().union(*workplaces),
    }


@pytest.mark.parametrize(("kind", "outcome", "role"), list(product(KINDS, OUTCOMES, ROLES)))
def test_each_cell_tells_what_the_guide_permits_and_nothing_else(
    people: People, kind: str, outcome: str, role: str
) -> None:
    answer = answered(people, kind, outcome, role)
    assert told(answer) == expected(kind, outcome, role)


@pytest.mark.parametrize(("kind", "outcome", "role"), list(product(KINDS, OUTCOMES, ROLES)))
def test_each_cell_is_journalled_with_the_fields_that_were_told(
    people: People, kind: str, outcome: str, role: str
) -> None:
    answer = answered(people, kind, outcome, role)
    shown = journalled(people.conn, "shown")[0][0]
    assert len(shown) <= 400
    assert tuple(shown.split()) == answer.shown
    wanted = expected(kind, outcome, role)
    of_main = "main." if role == "dependant" else ""
    may = {"outcome"} | (wanted["person"] or set()) | (wanted["spells"] or set())
    may |= {f"main.{name}" for name in wanted["main_insured"] or ()}
    may |= {f"{of_main}{name}" for name in (wanted["contact"] or set()) | (wanted["workplaces"] or set())}
    assert set(answer.shown) <= may
    assert "outcome" in answer.shown


def test_the_table_has_a_cell_for_everyone_who_may_ask_and_none_for_a_provider() -> None:
    assert set(WHO_SEES_WHAT) == set(product(KINDS, AffiliationOutcome, Role))


def test_a_dependants_answer_for_a_court_holds_the_main_insureds_address_and_never_the_dependants(
    people: People,
) -> None:
    answer = answered(people, "judicial", "active", "dependant")
    assert answer.main_insured is not None
    assert answer.contact is not None
    assert answer.spells is not None
    assert answer.main_insured["number"] == "number of Ali"
    assert answer.contact["residence_address"] == "residence_address of Ali"
    assert answer.contact["mobile"] == "mobile of Ali"
    assert [each["employer_name"] for each in answer.contact["workplaces"]] == ["employer_name of work"]
    assert [each["kinship"] for each in answer.spells] == ["daughter"]
    assert "address of Sara" not in repr(answer)
    assert "main.residence_address" in answer.shown


def test_nothing_about_a_main_insured_beside_their_number_reaches_a_fund(people: People) -> None:
    answer = answered(people, "fund", "active", "dependant")
    assert answer.main_insured == {"insurance_number": "insurance_number of Ali"}
    assert repr(answer).count("of Ali") == 1
    assert "of work" not in repr(answer)
