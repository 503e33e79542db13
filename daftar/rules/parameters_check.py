"""`daftar rules check` and `daftar rules assumed`: what is wrong with the parameter files, and what has no source."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from daftar.rules.enrolment import LISTS
from daftar.rules.parameters import ASSUMED, FOLDER, Dated, LawSet, Parameter, ParameterError, Value, read_parameter
from daftar.rules.required import required
from daftar.rules.units import Unit
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.filings import FilingCategory
from daftar.terms.insurers import insurers
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.materials import MaterialKind

REGION = re.compile(r"[a-z]{2}(-\d{1,6}){1,2}")
CODES: dict[Unit, tuple[type[StrEnum], str]] = {
    Unit.FILING_CATEGORIES: (FilingCategory, "a category of filings"),
    Unit.ENROLMENT_CATEGORIES: (EnrolmentCategory, "a category of enrolments"),
    Unit.MATERIALS: (MaterialKind, "a kind of material"),
}
"""Units whose lists hold words of ours."""

EARLIEST = date(1950, 1, 1)
"""First service day that is answered: values reach back to it, or days before are answered `no_rule_for_day`."""


class Problem(NamedTuple):
    """Something wrong with a parameter file, or with the set of them."""

    where: str
    what: str


class Assumed(NamedTuple):
    """A value without an official source."""

    law_set: str
    parameter: str
    since: date
    value: Value | None
    unit: Unit
    description: str


def check(folder: Path = FOLDER) -> list[Problem]:
    """Everything wrong with the parameters of all jurisdictions; empty when all is well."""
    wanted = sorted({jurisdiction.law_set for jurisdiction in jurisdictions().values()})
    problems = [problem for law_set in wanted for problem in _check_law_set(folder / law_set)]
    unknown = {entry.name for entry in folder.iterdir() if entry.is_dir()} - set(wanted)
    return problems + [Problem(name, "no jurisdiction has this law set") for name in sorted(unknown)]


def assumed(folder: Path = FOLDER) -> list[Assumed]:
    """Every value in force whose reference is `assumed`, by law set and parameter."""
    files = sorted(folder.glob("*/*/*.yaml"))
    parameters = [read_parameter(path, law_set=path.parents[1].name) for path in files]
    return [
        Assumed(parameter.law_set, parameter.name, dated.since, dated.value, parameter.unit, parameter.description)
        for parameter in parameters
        for dated in parameter.values
        if dated.reference == ASSUMED and dated.value is not None
    ]


def _check_law_set(folder: Path) -> Iterator[Problem]:
    found: LawSet = {}
    missing = required(folder.name)
    files = sorted(folder.glob("*/*.yaml"))
    for path in files:
        where = str(path.relative_to(folder.parent))
        missing.discard(f"{path.parent.name}/{path.stem}")
        try:
            parameter = read_parameter(path, law_set=folder.name)
        except ParameterError as error:
            yield Problem(where, str(error).removeprefix(f"{path}: "))
            continue
        found[parameter.name] = parameter
        yield from (Problem(where, what) for what in _check_parameter(parameter))
    for path in sorted({*folder.glob("**/*.y*ml")} - {*files}):
        yield Problem(str(path.relative_to(folder.parent)), "is not read: it must stand as <topic>/<name>.yaml")
    for name in sorted(missing):
        yield Problem(f"{folder.name}/{name}.yaml", "is missing")
    yield from (Problem(f"{folder.name}/enrolment", what) for what in _check_review(found))


def _check_review(law: LawSet) -> Iterator[str]:
    """A region has one way of review on a day."""
    lists = [law[name] for name in LISTS.values() if name in law]
    for day in sorted({dated.since for parameter in lists for dated in parameter.values}):
        codes = [code for parameter in lists for code in set(parameter.codes(day))]
        yield from (
            f"{day}: {code} has two ways of review" for code in sorted({c for c in codes if codes.count(c) > 1})
        )


def _check_parameter(parameter: Parameter) -> Iterator[str]:
    if parameter.name not in required(parameter.law_set):
        yield "no rule uses this parameter"
    days = [dated.since for dated in parameter.values]
    if not days:
        yield "has no values"
    if days != sorted(set(days)):
        yield "values must stand in the order of their dates"
    for dated in parameter.values:
        yield from _check_value(parameter, dated)


def _check_value(parameter: Parameter, dated: Dated) -> Iterator[str]:
    if dated.value is None:
        return
    if parameter.unit.kind is int and not 0 <= int(dated.value) <= 1200:  # type: ignore[arg-type]
        yield f"{dated.since}: {dated.value} is out of range"
    elif dated.value == 0 and parameter.name.startswith("evidence/") and "0 sets no end" not in parameter.description:
        yield f"{dated.since}: 0 months of evidence mean no end: the description must say that 0 sets no end"
    if isinstance(dated.value, tuple):
        yield from (f"{dated.since}: {what}" for what in _check_codes(parameter.unit, dated.value))
    if dated.since < EARLIEST:
        yield f"{dated.since}: no service day is answered before {EARLIEST}"


def _check_codes(unit: Unit, codes: tuple[str, ...]) -> Iterator[str]:
    if len(set(codes)) < len(codes):
        yield "a code stands there twice"
    for code in codes:
        if unit is Unit.REGIONS and not REGION.fullmatch(code):
            yield f"{code} is not the code of a region"
        if unit is Unit.INSURERS and code not in insurers():
            yield f"{code} is not the code of an insurer"
        if unit in CODES and code not in set(CODES[unit][0]):
            yield f"{code} is not {CODES[unit][1]}"
