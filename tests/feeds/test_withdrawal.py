"""`deleted=true` withdraws, leaves no content, and cannot be undone by older rows (contracts §2)."""

from datetime import timedelta

import pytest

from daftar.feeds.tables import TABLES
from tests.feeds.conftest import NOON, Registry, national_code, person
from tests.feeds.test_tables import ROWS

OLD, NEW = "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"


def key_cells(table: str) -> dict[str, str]:
    """Cells of the key alone."""
    description = TABLES[table]
    keys = {column.name for column in description.columns if column.key}
    keys |= {name for each in description.identities if each.key for name in (each.type_column, each.number_column)}
    keys |= {description.mobile.name} if description.mobile and description.mobile.key else set()
    return {name: cell for name, cell in ROWS[table].items() if name in keys}


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if not table.keeps])
def test_the_key_alone_withdraws(registry: Registry, table: str) -> None:
    registry.load("persons", [person(1), person(2)], at=NOON - timedelta(days=1000))
    registry.load(table, [ROWS[table] | {"recorded_at": OLD}])
    report = registry.load(table, [key_cells(table) | {"recorded_at": NEW, "deleted": "true"}])
    assert (report.changed, report.quarantined) == (1, [])
    [row] = [each for each in registry.content(table) if each["withdrawn"]]
    assert row["recorded_at"] == "2026-06-01 00:00:00"
    for content in ("زهرا", "کارگاه", "بیمارستان", "دکتر", "شعبه یک", "تهران", 12000000, 500, "+989123456789"):
        assert content not in row.values()


@pytest.mark.parametrize("table", ["persons", "contributions", "affiliations", "organisations"])
def test_an_older_row_cannot_revive(registry: Registry, table: str) -> None:
    """Even when the withdrawal came first, and nothing was known."""
    registry.load("persons", [person(1), person(2)], at=NOON - timedelta(days=1000))
    assert registry.load(table, [key_cells(table) | {"recorded_at": NEW, "deleted": "true"}]).changed == 1
    assert registry.load(table, [ROWS[table] | {"recorded_at": OLD}]).stale == 1
    assert any(each["withdrawn"] for each in registry.content(table))


def test_a_newer_row_revives(people: Registry) -> None:
    row = ROWS["contributions"]
    people.load("contributions", [row | {"recorded_at": OLD, "deleted": "true"}])
    people.load("contributions", [row | {"recorded_at": NEW}])
    [kept] = people.content("contributions")
    assert (kept["withdrawn"], kept["days"]) == (False, 30)


def test_withdrawal_touches_the_person_of_the_spell(people: Registry) -> None:
    """Though the row names only the spell."""
    people.load("affiliations", [ROWS["affiliations"]])
    people.load("affiliations", [{"affiliation_id": "A-1", "deleted": "true"} | {"kind": "", "starts": ""}], at=NOON)
    assert people.key(1) in {key for (key,) in people.query("SELECT key FROM coverage_due")}


def test_other_columns_of_a_withdrawn_row_are_not_looked_at(people: Registry) -> None:
    row = person(1, month="2026-10", kind="compulsory", days="many", deleted="true")
    assert people.load("contributions", [row]).quarantined == []
    assert people.load("contributions", [row | {"id_number": national_code(1)[:-1] + "x"}]).quarantined_rows == 1


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if table.keeps])
def test_places_keep_what_they_were_and_stand_in_no_list(registry: Registry, table: str) -> None:
    registry.load(table, [ROWS[table] | {"recorded_at": OLD}])
    [before] = registry.content(table)
    registry.load(table, [key_cells(table) | {"recorded_at": NEW, "deleted": "true"}])
    [row] = registry.content(table)
    changed = {name: value for name, value in row.items() if value != before[name] and name != "recorded_at"}
    assert changed == {"withdrawn": True} | ({"words": ""} if "words" in before else {})


def hospital(recorded_at: str, **cells: str) -> dict[str, str]:
    """A row of institutions."""
    return {"code": "H1", "name": "", "region": "", "recorded_at": recorded_at} | cells


NAMED = {
    "name": "示例医院",
    "region": "cn-360602",
    "level": "三级甲等",
    "cross_region": "true",
    "opened_on": "2020-01-01",
}
WITHDRAWN = hospital(NEW, deleted="true")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_withdrawn_place_keeps_its_name_for_older_papers_and_is_found_no_more(
    registry: Registry, at_once: bool
) -> None:
    loads = [[hospital(OLD, **NAMED), WITHDRAWN]] if at_once else [[hospital(OLD, **NAMED)], [WITHDRAWN]]
    for rows in loads:
        registry.load("institutions", rows)
    [row] = registry.content("institutions")
    assert row["withdrawn"]
    assert (row["name"], row["level"], row["words"]) == ("示例医院", "三级甲等", "")
    assert registry.query("SELECT count(*) FROM institution_term") == [(0,)]
    again = registry.load("institutions", [WITHDRAWN | {"level": "ignored"}])
    assert (again.changed, again.unchanged) == (0, 1)
    assert registry.content("institutions") == [row]
    registry.load("institutions", [hospital("2026-07-01T00:00:00Z", **NAMED, phone="1")])
    [row] = registry.content("institutions")
    assert (row["withdrawn"], row["phone"]) == (False, "1")
