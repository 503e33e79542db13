"""Parameters of the law as OpenFisca writes them: a YAML file each, with description, unit, reference, dated values.

`parameters/<law set>/<topic>/<name>.yaml`. A value holds from its date until the next one; `null` ends it. A value is
written `{value: …, reference: …}` where its source is not the parameter's; `assumed` means: no official source.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from daftar.rules.plain_yaml import in_one_line, read_plain
from daftar.rules.units import Unit

FOLDER = Path(__file__).parent / "parameters"
ASSUMED = "assumed"

Value = int | bool | tuple[str, ...]
"""A number of years or months, true or false, or an ordered list of codes."""


class ParameterError(ValueError):
    """A parameter file that cannot be read as what its rule takes it for; names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from `since` on; None ends the parameter."""

    since: date
    value: Value | None
    reference: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of one law set; `name` is `<topic>/<file name>`."""

    law_set: str
    name: str
    description: str
    unit: Unit
    reference: str
    values: tuple[Dated, ...]

    def entry(self, day: date) -> Dated | None:
        """The entry in force on `day`, with its own reference; None before the first one."""
        found = None
        for dated in self.values:
            if dated.since > day:
                break
            found = dated
        return found

    def at(self, day: date) -> Value | None:
        """The value in force on `day`; None before the first one and after a `null`."""
        found = self.entry(day)
        return found.value if found else None

    def codes(self, day: date) -> tuple[str, ...]:
        """The list in force on `day`; empty where there is none."""
        value = self.at(day)
        return value if isinstance(value, tuple) else ()

    def number(self, day: date) -> int | None:
        """The value in force as a whole number (true is 1)."""
        value = self.at(day)
        return int(value) if isinstance(value, int) else None


LawSet = dict[str, Parameter]
"""The parameters of one law set by name."""


@cache
def law_sets() -> tuple[str, ...]:
    """Codes of all law sets that have parameters."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()))


@cache
def law_set(code: str) -> LawSet:
    """Read all parameters of a law set; ParameterError with the file's name when one is malformed."""
    return read_law_set(FOLDER / code)


def read_law_set(folder: Path) -> LawSet:
    """Read the parameters below one folder `<law set>/`."""
    files = sorted(folder.glob("*/*.yaml"))
    found = (read_parameter(path, law_set=folder.name) for path in files)
    return {parameter.name: parameter for parameter in found}


def read_parameter(path: Path, *, law_set: str) -> Parameter:
    """Read one file; ParameterError names it when something is missing or wrong."""
    name = f"{path.parent.name}/{path.stem}"
    try:
        content = _entries("the file", read_plain(path.read_text(encoding="utf-8")), PARTS, PARTS)
        unit = _unit(name, content["unit"])
        reference = _reference(content["reference"])
        if not isinstance(content["values"], dict):
            raise TypeError("values is no mapping of dates")
        values = tuple(_dated(since, entry, unit, reference) for since, entry in content["values"].items())
        return Parameter(law_set, name, _words("description", content["description"]), unit, reference, values)
    except yaml.YAMLError as error:
        raise ParameterError(f"{path}: {in_one_line(error)}") from error
    except UnicodeDecodeError as error:
        raise ParameterError(f"{path}: byte {error.start} is not UTF-8") from error
    except TypeError as error:
        raise ParameterError(f"{path}: {error}") from error


PARTS = ("description", "unit", "reference", "values")


def _entries(where: str, content: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Any]:
    """A mapping with all that is needed and nothing that is unknown: a word misspelt would be left out in silence."""
    if not isinstance(content, dict):
        raise TypeError(f"{where} is no mapping of {', '.join(known)}")
    for key in content:
        if key not in known:
            raise TypeError(f"{key!r} is none of {', '.join(known)}")
    for key in needed:
        if key not in content:
            raise TypeError(f"{key} is not there")
    return content


def _words(name: str, words: Any) -> str:
    if words is None or words == "" or str(words).isspace():
        raise TypeError(f"{name} must not be empty")
    if not isinstance(words, str):
        raise TypeError(f"{name} {words!r} is not text")
    return words


def _reference(words: Any) -> str:
    """A source, or the one word that says that there is none: in any other spelling it would pass for a source."""
    reference = _words("reference", words)
    if reference != ASSUMED and reference.strip().lower().startswith(ASSUMED):
        raise TypeError(f"reference {reference!r}: what has no official source is {ASSUMED!r} and nothing more")
    return reference


def _unit(name: str, word: Any) -> Unit:
    """The unit that the rule reads; of a parameter that no rule uses any known one."""
    from daftar.rules.required import UNITS  # the rules that name their parameters read them from here

    if word not in list(Unit):
        raise TypeError(f"unit {word!r} is none of {', '.join(Unit)}")
    if UNITS.get(name, word) != word:
        raise TypeError(f"unit must be {UNITS[name]}, not {word}")
    return Unit(word)


def _dated(since: Any, entry: Any, unit: Unit, reference: str) -> Dated:
    if type(since) is not date:
        raise TypeError(f"{since!r} is not an ISO date")
    try:
        if isinstance(entry, dict):
            entry = _entries("", entry, ("value", "reference"), ("value",))
            reference, entry = _reference(entry.get("reference", reference)), entry["value"]
        return Dated(since, _value(entry, unit), reference)
    except TypeError as error:
        raise TypeError(f"{since}: {error}") from None


def _value(value: Any, unit: Unit) -> Value | None:
    if value is None:
        return None
    if not isinstance(value, int | list):
        raise TypeError(f"{value!r} is neither a whole number, true or false, a list nor null")
    found = tuple(_code(code) for code in value) if isinstance(value, list) else value
    if type(found) is not unit.kind:
        raise TypeError(f"{found!r} is not a value in {unit}")
    return found


def _code(code: Any) -> str:
    if not isinstance(code, str) or not code.strip():
        raise TypeError(f"{code!r} is not a code")
    return code
