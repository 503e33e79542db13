"""Filings and settlements of the demo: what S4's pages have to show; amounts add up, but where they must not."""

from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest

from daftar.config.demo.access import citizens
from daftar.config.demo.facts import Row
from daftar.config.demo.generate import Demo, generate
from daftar.terms.cards import CardState
from daftar.terms.filings import FilingCategory, FilingState

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FUNDS = (
    "fund_pool",
    "fund_civil",
    "fund_enterprise",
    "fund_major_illness",
    "fund_large",
    "fund_relief",
    "fund_other",
)
NOBODYS_HOSPITAL = "H99999999999"


@pytest.fixture(scope="module")
def demo() -> Demo:
    return generate(AT, persons=6_000)


def of(rows: list[Row], number: str) -> list[Row]:
    return [row for row in rows if row["id_number"] == number]


def adds_up(row: Row) -> bool:
    """The identities of contracts §2."""
    value = {name: int(str(row[name])) for name in (*FUNDS, "total", "fund_total", "personal", "account", "cash")}
    return (
        value["total"] == value["fund_total"] + value["personal"]
        and value["fund_total"] == sum(value[name] for name in FUNDS)
        and value["personal"] == value["account"] + int(str(row["shared_account"])) + value["cash"]
    )


def test_all_settlements_but_one_add_up(demo: Demo) -> None:
    odd = [row for row in demo.facts.rows["settlements"] if not adds_up(row)]
    assert [row["institution"] for row in odd] == [NOBODYS_HOSPITAL]


def test_the_chinese_citizen_has_everything_to_show(demo: Demo) -> None:
    citizen = citizens(demo.stories)["citizen_cn"]
    filings, settlements = (of(demo.facts.rows[table], citizen.id_number) for table in ("filings", "settlements"))
    assert {row["state"] for row in filings} == set(FilingState)
    assert len({row["discharged"].year for row in settlements}) >= 4  # type: ignore[union-attr]
    versions = Counter(row["settlement_id"] for row in settlements)
    kinds = defaultdict(set)
    for row in settlements:
        kinds[row["kind"]].add((row["version"], bool(row["refers_to"])))
    assert kinds == {"settled": {(1, False)}, "correction": {(2, False)}, "refund": {(1, True), (2, False)}}
    assert sorted(versions.values())[-2:] == [2, 2]
    assert {row["direct"] for row in settlements} == {True, False}
    assert any(row["admitted"] == row["discharged"] for row in settlements)
    assert not all(adds_up(row) for row in settlements)
    refunded = next(row for row in settlements if row["refers_to"])
    first = next(row for row in settlements if row["settlement_id"] == refunded["refers_to"])
    assert int(str(first["total"])) + int(str(refunded["total"])) == 0
    [person] = of(demo.facts.rows["persons"], citizen.id_number)
    assert person["card_state"] == "issued"


def test_one_person_has_one_stay_and_one_has_filed_but_never_stayed(demo: Demo) -> None:
    stays = Counter(row["id_number"] for row in demo.facts.rows["settlements"])
    filed = {row["id_number"] for row in demo.facts.rows["filings"]}
    told = {story.id_number: story.about for story in demo.stories if story.id_type == "cn-resident-id"}
    assert [about for number, about in told.items() if stays[number] == 1] == [
        "Resident, this year and the next paid; treated elsewhere once",
        "Elder who is bound to citizen_cn already: choose her at «本人»",
    ]
    waiting = [row["id_number"] for row in demo.facts.rows["settlements"] if row["settled_at"] is None]
    assert [told[number] for number in waiting] == ["Elder who is bound to citizen_cn already: choose her at «本人»"]
    never = [about for number, about in told.items() if number in filed and not stays[number]]
    assert never == ["Resident who has not paid this year; filed elsewhere, never treated there, no card"]


def test_words_are_those_that_pages_know(demo: Demo) -> None:
    rows = demo.facts.rows
    assert {row["category"] for row in rows["filings"]} == set(FilingCategory)
    assert {row["state"] for row in rows["filings"]} == set(FilingState)
    cards = {row["card_state"] for row in rows["persons"] if row["id_type"] == "cn-resident-id"}
    assert cards == set(CardState) - {CardState.CANCELLED}


def test_codes_lead_to_regions_and_hospitals(demo: Demo) -> None:
    rows = demo.facts.rows
    regions, hospitals = ({row["code"] for row in rows[table]} for table in ("regions", "institutions"))
    assert {row["destination_region"] for row in rows["filings"]} <= regions
    assert {row["insured_region"] for row in rows["filings"]} <= regions
    assert {row["institution"] for row in rows["settlements"]} - hospitals == {NOBODYS_HOSPITAL}


def test_filings_go_as_far_down_as_the_rule_says(demo: Demo) -> None:
    """S4.8: to one of the six provinces itself; elsewhere to a city, or a county below the province."""
    regions = {row["code"]: row for row in demo.facts.rows["regions"]}
    for row in demo.facts.rows["filings"]:
        place = regions[row["destination_region"]]
        assert not regions.get(place["parent"], {}).get("files_to"), place["name"]


def test_nobody_is_treated_before_birth_or_after_today(demo: Demo) -> None:
    births = {row["id_number"]: row["birth_date"] for row in demo.facts.rows["persons"]}
    for row in demo.facts.rows["settlements"]:
        assert births[row["id_number"]] < row["admitted"] <= row["discharged"] <= AT.date()  # type: ignore[operator]


def test_many_others_were_treated_too(demo: Demo) -> None:
    """Enough for lists and for decoys of the quiz."""
    treated = {row["id_number"] for row in demo.facts.rows["settlements"]}
    assert 50 < len(treated) < 250
    numbers = [(row["settlement_id"], row["version"]) for row in demo.facts.rows["settlements"]]
    assert len(numbers) == len(set(numbers))
    filings = [row["filing_id"] for row in demo.facts.rows["filings"]]
    assert len(filings) == len(set(filings))
