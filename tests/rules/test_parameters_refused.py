"""Parameter files that look right and are not: each is refused by name, by the check and when the law is loaded."""

import shutil
from pathlib import Path

import pytest

from daftar.rules.parameters import FOLDER, ParameterError, law_set, law_sets, read_law_set
from daftar.rules.parameters_check import Problem, check
from daftar.rules.required import UNITS

MONTHS = "description: D\nunit: months\nreference: Art. 1\nvalues:\n"
SINCE = f"{MONTHS}  1950-01-01: "
NO_VALUE = "is neither a whole number, true or false, a list nor null"

REFUSED = {
    # the unit is the one that the rule reads
    "days for months": (SINCE.replace("months", "days") + "90", "unit must be months, not days"),
    "years for months": (SINCE.replace("months", "full years") + "3", "unit must be months, not full years"),
    "a yes for months": (SINCE.replace("months", "true or false") + "true", "unit must be months, not true or false"),
    "no unit": (SINCE.replace("months", ""), "unit None is none of full years, months, days,"),
    "an unknown unit": (SINCE.replace("months", "moons") + "3", "unit 'moons' is none of full years, months, days,"),
    "a list of units": (SINCE.replace("months", "[months]") + "3", "unit ['months'] is none of full years,"),
    # where it comes from
    "no reference": (SINCE.replace(" Art. 1", "") + "3", "reference must not be empty"),
    "a blank reference": (SINCE.replace("Art. 1", "' '") + "3", "reference must not be empty"),
    "a number as reference": (SINCE.replace("Art. 1", "1354") + "3", "reference 1354 is not text"),
    "no description": (SINCE.replace("description: D", "description:") + "3", "description must not be empty"),
    "assumed, but not found": (SINCE.replace("Art. 1", "Assumed") + "3", "reference 'Assumed': what has no official"),
    "assumed and more": (SINCE.replace("Art. 1", "assumed (1354)") + "3", "reference 'assumed (1354)': what has no"),
    "an entry without a reference": (f"{SINCE}{{value: 3, reference: }}", "1950-01-01: reference must not be empty"),
    "an entry half assumed": (f"{SINCE}{{value: 3, reference: ASSUMED}}", "1950-01-01: reference 'ASSUMED': what has"),
    "an entry misspelt": (
        f"{SINCE}{{value: 3, refrence: assumed}}",
        "1950-01-01: 'refrence' is none of value, reference",
    ),
    "an entry without a value": (f"{SINCE}{{reference: Art. 2}}", "1950-01-01: value is not there"),
    "a word nobody reads": (f"{SINCE}3\nmetadata: x", "'metadata' is none of description, unit, reference, values"),
    # what stands there twice
    "a date twice": (f"{SINCE}3\n  2026-01-01: 4\n  2026-01-01: 5", "line 7: 2026-01-01 stands there twice"),
    "all values twice": (f"{SINCE}3\nvalues:\n  1950-01-01: 9", "line 6: values stands there twice"),
    "a value twice": (f"{SINCE}{{value: 3, value: 9, reference: x}}", "line 5: value stands there twice"),
    # dates
    "a time of day": (f"{MONTHS}  1950-01-01 00:00:00: 3", "'1950-01-01 00:00:00' is not an ISO date"),
    "a time of day between": (f"{SINCE}3\n  2026-01-01 00:00:00: 4", "'2026-01-01 00:00:00' is not an ISO date"),
    "a date in quotes": (f"{MONTHS}  '1950-01-01': 3", "'1950-01-01' is not an ISO date"),
    "a date in no calendar": (f"{MONTHS}  2026-02-30: 3", "'2026-02-30' is not an ISO date"),
    # values
    "a number with a zero before it": (f"{SINCE}010", f"1950-01-01: '010' {NO_VALUE}"),
    "a number base sixty": (f"{SINCE}1:30", f"1950-01-01: '1:30' {NO_VALUE}"),
    "a number base sixteen": (f"{SINCE}0x10", f"1950-01-01: '0x10' {NO_VALUE}"),
    "a number in parts": (f"{SINCE}1_0", f"1950-01-01: '1_0' {NO_VALUE}"),
    "half a month": (f"{SINCE}0.5", f"1950-01-01: '0.5' {NO_VALUE}"),
    "a number in words": (f"{SINCE}'3'", f"1950-01-01: '3' {NO_VALUE}"),
    "true for a number": (f"{SINCE}true", "1950-01-01: True is not a value in months"),
    "a list for a number": (f"{SINCE}[ir-sso]", "1950-01-01: ('ir-sso',) is not a value in months"),
    # whole files
    "values without dates": (MONTHS.replace("values:", "values: [1, 2]"), "values is no mapping of dates"),
    "no values": (MONTHS, "values is no mapping of dates"),
    "an empty file": ("", "the file is no mapping of description, unit, reference, values"),
    "a list": ("- a", "the file is no mapping of description, unit, reference, values"),
    "a tab": (f"{MONTHS}\t1950-01-01: 3", "line 5: while scanning for the next token, found character"),
    "a bell": (f"{SINCE}3 # \x07", "unacceptable character #x0007"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the parameters to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "parameters"))


@pytest.mark.parametrize(("content", "what"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_not_what_it_looks_is_refused(folder: Path, content: str, what: str):
    path = folder / "ir/grace/compulsory.yaml"
    path.write_text(content, encoding="utf-8")
    [problem] = check(folder)
    assert problem.where == "ir/grace/compulsory.yaml"
    assert problem.what.startswith(what)
    assert "\n" not in problem.what
    with pytest.raises(ParameterError) as refused:
        read_law_set(folder / "ir")
    assert str(refused.value) == f"{path}: {problem.what}"


def test_what_is_no_text_at_all_is_refused(folder: Path):
    (folder / "ir/grace/compulsory.yaml").write_bytes(b"description: \xff\xfe")
    assert check(folder) == [Problem("ir/grace/compulsory.yaml", "byte 13 is not UTF-8")]


@pytest.mark.parametrize(
    ("codes", "what"),
    [
        ("[ir-sso, ir-helath]", "ir-helath is not the code of an insurer"),
        ("[null, 1]", "None is not a code"),
        ("[ir-sso, 1]", "1 is not a code"),
        ("[ir-sso, '']", "'' is not a code"),
        ("[ir-sso, ir-sso]", "a code stands there twice"),
    ],
)
def test_the_order_of_payers_names_insurers_that_there_are(folder: Path, codes: str, what: str):
    """Somebody misspelt would pay after all others, by the code."""
    path = folder / "ir/coordination/order.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}  2026-01-01: {codes}\n", encoding="utf-8")
    assert check(folder) == [Problem("ir/coordination/order.yaml", f"2026-01-01: {what}")]


@pytest.mark.parametrize("name", ["ir/grace/compulsory.yml", "ir/grace/old/compulsory.yaml", "ir/compulsory.yaml"])
def test_a_file_that_is_never_read_is_named(folder: Path, name: str):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{SINCE}9", encoding="utf-8")
    assert check(folder) == [Problem(name, "is not read: it must stand as <topic>/<name>.yaml")]


def test_the_shipped_files_are_in_the_unit_that_their_rule_reads():
    for code in law_sets():
        for parameter in law_set(code).values():
            assert parameter.unit is UNITS[parameter.name], (code, parameter.name)
