"""The made-up population: the same seed and moment, the same people; every kind, relation and format occurs."""

import csv
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from daftar.config.demo.facts import TABLES
from daftar.config.demo.files import write_feeds
from daftar.config.demo.generate import Demo, generate
from daftar.config.demo.identifiers import is_made_up
from daftar.terms.outcomes import EvidenceKind, Kind, Reason, Relation, Status

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SHOWN_BY_NOBODY = {Reason.OWN_PENSION, Reason.NO_RULE_FOR_DAY}
"""docs/explanation/demo.md says why."""


@pytest.fixture(scope="module")
def demo() -> Demo:
    return generate(AT)


def test_the_same_seed_and_moment_make_the_same_people() -> None:
    assert generate(AT, persons=400) == generate(AT, persons=400)
    assert generate(AT, persons=400, seed=1).facts != generate(AT, persons=400, seed=2).facts


def test_twenty_thousand_persons_whose_numbers_are_nobodys(demo: Demo) -> None:
    persons = demo.facts.rows["persons"]
    numbers = {(str(row["id_type"]), str(row["id_number"])) for row in persons}
    assert 20_000 <= len(persons) == len(numbers) <= 20_020
    assert all(is_made_up(*number) for number in numbers)
    assert Counter(kind for kind, _ in numbers).keys() == {"ir-national-code", "ir-foreigner-number", "cn-resident-id"}


def test_households_hold_together(demo: Demo) -> None:
    """Dependants and those they live on are persons of the demo; nobody is born after they became a dependant."""
    births = {row["id_number"]: row["birth_date"] for row in demo.facts.rows["persons"]}
    for row in demo.facts.rows["dependencies"]:
        assert row["main_id_number"] in births
        assert births[row["id_number"]] <= row["starts"]  # type: ignore[operator]
    assert {row["relation"] for row in demo.facts.rows["dependencies"]} == set(Relation)


def test_every_kind_of_fact_occurs(demo: Demo) -> None:
    rows = demo.facts.rows
    assert {row["kind"] for row in rows["affiliations"]} == set(Kind)
    assert {row["kind"] for row in rows["evidence"]} == set(EvidenceKind)
    assert {row["kind"] for row in rows["organisations"]} == {"fund", "judicial", "quasi_judicial", "provider"}
    types = {row["provider_type"] for row in rows["organisations"]} - {""}
    assert types == {"physician", "pharmacy", "paraclinic", "clinic", "hospital"}
    assert {row["ownership"] for row in rows["organisations"]} == {"", "owned", "contracted"}
    assert {row["kind"] for row in rows["offices"]} == {"headquarters", "province", "branch", "brokerage", "handling"}
    assert len({row["recorded_at"] for row in rows["persons"]}) > 3, "offices differ in their lag"


def test_persons_have_the_particulars_that_affiliation_inquiries_tell(demo: Demo) -> None:
    """S1.18-S1.20: numbers, residence, telephone; workshop and employer of the employed, a pensioner's number."""
    for row in demo.facts.rows["persons"]:
        assert row["insurance_number"]
        assert row["residence_address"]
        assert str(row["phone"]).partition("-")[2].startswith("0"), "no telephone after an area code begins so"
    spells = demo.facts.rows["affiliations"]
    employed = [row for row in spells if row["kind"] == "compulsory"]
    at_work = ("workshop_number", "workshop_name", "workshop_address", "workshop_phone", "employer_name")
    assert all(row[name] for row in employed for name in at_work)
    assert len({row["workshop_number"] for row in employed}) < len(employed) / 5
    retired = [row for row in spells if row["kind"] == "pensioner" and str(row["id_type"]).startswith("ir")]
    assert all(row["pensioner_number"] for row in retired)


def test_regions_are_a_tree_and_do_not_collide(demo: Demo) -> None:
    rows = demo.facts.rows["regions"]
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows) == 2 + 31 + 1324 + 31 + 342 + 2978 - 3
    assert {row["parent"] for row in rows} <= codes | {""}
    assert max(len(str(code)) for code in codes) <= 16
    assert len([row for row in rows if row["files_to"]]) == 6


def test_stories_cover_every_reason_that_can_be_shown(demo: Demo) -> None:
    assert {story.expected.reason for story in demo.stories} == set(Reason) - SHOWN_BY_NOBODY
    assert len(demo.stories) >= 30
    assert len({(story.id_type, story.about) for story in demo.stories}) == len(demo.stories)
    assert all(is_made_up(story.id_type, story.id_number) and story.mobile for story in demo.stories)


def test_stories_cover_every_kind_and_relation(demo: Demo) -> None:
    told = {story.id_number for story in demo.stories}
    rows = demo.facts.rows
    assert {row["kind"] for row in rows["affiliations"] if row["id_number"] in told} == set(Kind)
    assert {row["relation"] for row in rows["dependencies"] if row["id_number"] in told} == set(Relation)
    assert {story.expected.setting for story in demo.stories} == {"outpatient", "inpatient"}
    days = {story.expected.service_date for story in demo.stories}
    assert min(days) < AT.date() < max(days)
    assert all(each.expected.valid_until is None for each in demo.stories if each.expected.status != Status.COVERED)


def test_numbers_of_stories_do_not_depend_on_how_many_others_there_are(demo: Demo) -> None:
    assert generate(AT, persons=0).stories == demo.stories


def test_files_are_of_all_three_formats_and_hold_the_rows(demo: Demo, tmp_path: Path) -> None:
    files = write_feeds(demo.facts, tmp_path)
    assert list(files) == list(TABLES)
    assert {path.suffix for path in files.values()} == {".csv", ".ndjson", ".parquet"}
    with files["persons"].open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len(demo.facts.rows["persons"])
    assert {line["mobile_verified"] for line in lines} == {"true", "false"}
    evidence = [json.loads(line) for line in files["evidence"].read_text(encoding="utf-8").splitlines()]
    assert len(evidence) == len(demo.facts.rows["evidence"])
    assert parquet.read_metadata(files["contributions"]).num_rows == len(demo.facts.rows["contributions"])


def test_files_of_the_same_seed_and_moment_are_the_same_bytes(tmp_path: Path) -> None:
    """The feeds know a file again by its content: an interrupted first start goes on."""
    once, twice = (write_feeds(generate(AT, persons=100).facts, tmp_path / name) for name in ("once", "twice"))
    assert all(once[table].read_bytes() == twice[table].read_bytes() for table in TABLES)
