"""Parameter files: what the check finds, what is assumed, and the law's version."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from daftar.rules import version
from daftar.rules.law import windows
from daftar.rules.parameters import FOLDER, law_set, read_parameter
from daftar.rules.parameters_check import Problem, assumed, check
from daftar.rules.parameters_listing import page
from daftar.rules.service_parameters import BY_SERVICE
from daftar.rules.states import FAR, LONG_AGO
from daftar.terms.jurisdictions import jurisdictions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the parameters to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "parameters"))


def test_the_parameters_as_they_are_have_no_problem():
    assert check() == []


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("unit: full years\nreference: x\nvalues: {1950-01-01: 19}", "description is not there"),
        ("description: x\nunit: full years\nreference: x\nvalues: {1950: 19}", "1950 is not an ISO date"),
        ("description: x\nunit: full years\nreference: x\nvalues: {1950-01-01: old}", "'old' is neither"),
        (
            "description: x\nunit: full years\nreference: x\nvalues: {1950-01-01: true}",
            "True is not a value in full years",
        ),
        ("description: x\nunit: full years\nreference: x\nvalues: {1950-01-01: -1}", "-1 is out of range"),
        (
            "description: x\nunit: full years\nreference: x\nvalues: {1949-01-01: 1}",
            "no service day is answered before",
        ),
        ("description: x\nunit: winters\nreference: x\nvalues: {1950-01-01: 1}", "unit 'winters' is none of"),
        ("description: x\nunit: full years\nreference: x\nvalues: {2020-01-01: 1, 2019-01-01: 1}", "in the order"),
        ("description: x\nunit: full years\nreference: x\nvalues: {}", "has no values"),
        ("description: [", "while parsing"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(folder: Path, content: str, what: str):
    (folder / "ir/age/son.yaml").write_text(content, encoding="utf-8")
    found = check(folder)
    assert [problem.where for problem in found] == ["ir/age/son.yaml"]
    assert what in found[0].what


def test_no_end_of_evidence_is_said_in_words(folder: Path):
    path = folder / "ir/evidence/unmarried.yaml"
    path.write_text("description: x\nunit: months\nreference: x\nvalues: {1950-01-01: 0}", encoding="utf-8")
    found = check(folder)
    assert [problem.where for problem in found] == ["ir/evidence/unmarried.yaml"]
    assert "0 sets no end" in found[0].what


def test_a_missing_and_an_unused_parameter(folder: Path):
    (folder / "cn/age/son.yaml").rename(folder / "cn/age/nephew.yaml")
    assert check(folder) == [
        Problem("cn/age/nephew.yaml", "no rule uses this parameter"),
        Problem("cn/age/son.yaml", "is missing"),
    ]


def test_assumed_lists_values_without_a_source_and_no_others():
    found = {(entry.law_set, entry.parameter, entry.since) for entry in assumed()}
    assert ("ir", "grace/compulsory", date(1950, 1, 1)) in found
    assert ("ir", "age/son", date(1950, 1, 1)) in found
    assert ("ir", "age/son", date(2020, 5, 21)) not in found


def test_every_default_reaches_back_to_the_first_day_answered():
    """Services have no default: before the notice of 2017 there was nothing to file to, before the guide no proxy."""
    for jurisdiction in jurisdictions().values():
        late = {p.name for p in law_set(jurisdiction.law_set).values() if p.at(date(1950, 1, 1)) is None}
        offered = [names for service, names in BY_SERVICE.items() if service in jurisdiction.services]
        assert late == {name for names in offered for name in names}


@pytest.mark.parametrize(
    ("name", "codes", "what"),
    [
        ("destination/capitals", "[cn-330100, cn-330100]", "a code stands there twice"),
        ("destination/capitals", "[杭州]", "杭州 is not the code of a region"),
        ("filing/temporary", "[holiday]", "holiday is not a category of filings"),
        ("destination/files_to_province", "true", "True is not a value in region codes"),
        ("filing/materials_referral", "[a_smile]", "a_smile is not a kind of material"),
        ("enrolment/categories", "[visitor]", "visitor is not a category of enrolments"),
        ("filing/days_ahead", "1201", "1201 is out of range"),
        ("proxy/regions", "[jiangxi]", "jiangxi is not the code of a region"),
    ],
)
def test_lists_hold_codes_that_exist(folder: Path, name: str, codes: str, what: str):
    path = folder / f"cn/{name}.yaml"
    head = path.read_text(encoding="utf-8").partition("values:")[0]
    path.write_text(f"{head}values: {{2018-01-01: {codes}}}", encoding="utf-8")
    assert check(folder) == [Problem(f"cn/{name}.yaml", f"2018-01-01: {what}")]


def test_filings_need_their_parameters_only_where_they_are_a_service(folder: Path):
    shutil.copytree(folder / "cn/destination", folder / "ir/destination")
    (folder / "cn/destination/capitals.yaml").unlink()
    found = {problem.where: problem.what for problem in check(folder)}
    assert found.pop("cn/destination/capitals.yaml") == "is missing"
    assert set(found.values()) == {"no rule uses this parameter"}


def test_a_region_has_one_way_of_review_on_a_day(folder: Path):
    path = folder / "cn/enrolment/automatic.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n  2027-01-01: [cn-360100, cn-360600]\n  2028-01-01: [cn-360600]\n", encoding="utf-8")
    assert check(folder) == [Problem("cn/enrolment", "2027-01-01: cn-360100 has two ways of review")]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("destination/capital_opens_province", "01: true", "01: false"),
        ("filing/days_back", "01: 0", "01: 9"),
        ("enrolment/child_age", "03: 18", "03: 9"),
        ("enrolment/newborn_days", "03: 90", "03: 9"),
        ("proxy/card_age", "03: 16", "03: 9"),
    ],
)
def test_a_new_rule_about_a_service_is_no_new_version_of_what_covers(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str
):
    before = version("cn")
    path = folder / f"cn/{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    from daftar.rules import law, parameters

    monkeypatch.setattr(law, "law_set", lambda code: parameters.read_law_set(folder / code))
    assert law.version.__wrapped__("cn") == before


def test_a_version_is_short_and_changes_with_a_value(folder: Path, monkeypatch: pytest.MonkeyPatch):
    before = version("ir")
    assert len(before) <= 32
    assert before.startswith("ir.3.")
    text = (folder / "ir/age/son.yaml").read_text(encoding="utf-8")
    (folder / "ir/age/son.yaml").write_text(text.replace("2020-05-21: 19", "2020-05-21: 20"), encoding="utf-8")
    from daftar.rules import law, parameters

    monkeypatch.setattr(law, "law_set", lambda code: parameters.read_law_set(folder / code))
    assert law.version.__wrapped__("ir") != before


def test_windows_part_all_time_and_end_with_null(folder: Path):
    path = folder / "ir/age/son.yaml"
    path.write_text(
        "description: x\nunit: full years\nreference: x\n"
        "values: {1950-01-01: 18, 1960-01-01: {value: 18, reference: y}, 2000-01-01: 19, 2010-01-01: null}",
        encoding="utf-8",
    )
    son = read_parameter(path, law_set="ir")
    assert list(windows([son], son.at)) == [
        (LONG_AGO, -7306, None),
        (-7305, 10956, 18),
        (10957, 14609, 19),
        (14610, FAR, None),
    ]
    assert (son.at(date(1949, 12, 31)), son.at(date(2009, 12, 31)), son.at(date(2010, 1, 1))) == (None, 19, None)


def test_the_reference_page_is_in_step_with_the_files():
    written = (Path(__file__).parents[2] / "docs/reference/parameters.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m daftar.rules.parameters_listing > docs/reference/parameters.md"
