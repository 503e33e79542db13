"""`daftar rules check` and `daftar rules assumed`: what is wrong with the parameter files, and what has no source."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from daftar.rules.enrolment import LISTS
from daftar.rules.law import REQUIRED
from daftar.rules.parameters import ASSUMED, FOLDER, Dated, LawSet, Parameter, Value, read_parameter
from daftar.rules.service_parameters import BY_SERVICE
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.filings import FilingCategory
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.materials import MaterialKind

UNITS: dict[str, type] = {
    "full years": int,
    "months": int,
    "days": int,
    "cases": int,
    "true or false": bool,
    "insurer codes": tuple,
    "region codes": tuple,
    "filing categories": tuple,
    "enrolment categories": tuple,
    "materials": tuple,
}
"""Units that a parameter may have, and what its values then are."""

REGION = re.compile(r"[a-z]{2}(-\d{1,6}){1,2}")
CODES: dict[str, tuple[type[StrEnum], str]] = {
    "filing categories": (FilingCategory, "a category of filings"),
    "enrolment categories": (EnrolmentCategory, "a category of enrolments"),
    "materials": (MaterialKind, "a kind of material"),
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
    unit: str
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
    for path in sorted(folder.glob("**/*.yaml")):
        where = str(path.relative_to(folder.parent))
        try:
            parameter = read_parameter(path, law_set=folder.name)
        except ValueError as error:
            yield Problem(where, str(error).removeprefix(f"{path}: "))
            continue
        found[parameter.name] = parameter
        yield from (Problem(where, what) for what in _check_parameter(parameter))
    for name in sorted(_required(folder.name) - found.keys()):
        yield Problem(f"{folder.name}/{name}.yaml", "is missing")
    yield from (Problem(f"{folder.name}/enrolment", what) for what in _check_review(found))


def _required(law_set: str) -> set[str]:
    """What the rules use; what belongs to a service only where it is offered."""
    offered = {name for each in jurisdictions().values() if each.law_set == law_set for name in each.services}
    return {*REQUIRED, *(name for service, names in BY_SERVICE.items() if service in offered for name in names)}


def _check_review(law: LawSet) -> Iterator[str]:
    """A region has one way of review on a day."""
    lists = [law[name] for name in LISTS.values() if name in law]
    for day in sorted({dated.since for parameter in lists for dated in parameter.values}):
        codes = [code for parameter in lists for code in set(parameter.codes(day))]
        yield from (
            f"{day}: {code} has two ways of review" for code in sorted({c for c in codes if codes.count(c) > 1})
        )


def _check_parameter(parameter: Parameter) -> Iterator[str]:
    if parameter.name not in _required(parameter.law_set):
        yield "no rule uses this parameter"
    if parameter.unit not in UNITS:
        yield f"unit {parameter.unit!r} is none of {', '.join(UNITS)}"
    if not parameter.description.strip() or not parameter.reference.strip():
        yield "description and reference must not be empty"
    days = [dated.since for dated in parameter.values]
    if not days:
        yield "has no values"
    if days != sorted(set(days)):
        yield "values must stand in the order of their dates"
    for dated in parameter.values:
        yield from _check_value(parameter, dated)


def _check_value(parameter: Parameter, dated: Dated) -> Iterator[str]:
    kind = UNITS.get(parameter.unit)
    if dated.value is None or kind is None:
        return
    if type(dated.value) is not kind:
        yield f"{dated.since}: {dated.value!r} is not a value in {parameter.unit}"
    elif kind is int and not 0 <= int(dated.value) <= 1200:  # type: ignore[arg-type]
        yield f"{dated.since}: {dated.value} is out of range"
    elif dated.value == 0 and parameter.name.startswith("evidence/") and "0 sets no end" not in parameter.description:
        yield f"{dated.since}: 0 months of evidence mean no end: the description must say that 0 sets no end"
    if isinstance(dated.value, tuple):
        yield from (f"{dated.since}: {what}" for what in _check_codes(parameter.unit, dated.value))
    if dated.since < EARLIEST:
        yield f"{dated.since}: no service day is answered before {EARLIEST}"


def _check_codes(unit: str, codes: tuple[str, ...]) -> Iterator[str]:
    if len(set(codes)) < len(codes):
        yield "a code stands there twice"
    for code in codes:
        if unit == "region codes" and not REGION.fullmatch(code):
            yield f"{code} is not the code of a region"
        if unit in CODES and code not in set(CODES[unit][0]):
            yield f"{code} is not {CODES[unit][1]}"
