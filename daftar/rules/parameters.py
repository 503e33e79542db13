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

FOLDER = Path(__file__).parent / "parameters"
ASSUMED = "assumed"

Value = int | bool | tuple[str, ...]
"""A number of years or months, true or false, or an ordered list of codes."""


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
    unit: str
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
    """Read all parameters of a law set; KeyError or ValueError with the file's name when one is malformed."""
    return read_law_set(FOLDER / code)


def read_law_set(folder: Path) -> LawSet:
    """Read the parameters below one folder `<law set>/`."""
    files = sorted(folder.glob("*/*.yaml"))
    found = (read_parameter(path, law_set=folder.name) for path in files)
    return {parameter.name: parameter for parameter in found}


def read_parameter(path: Path, *, law_set: str) -> Parameter:
    """Read one file; ValueError names it when something is missing or wrong."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        reference = str(content["reference"])
        values = tuple(_dated(since, entry, reference) for since, entry in content["values"].items())
        name = f"{path.parent.name}/{path.stem}"
        return Parameter(law_set, name, str(content["description"]), str(content["unit"]), reference, values)
    except KeyError as error:
        raise ValueError(f"{path}: {error.args[0]} is not there") from error
    except (TypeError, AttributeError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from error


def _dated(since: Any, entry: Any, reference: str) -> Dated:
    if not isinstance(since, date):
        raise TypeError(f"{since!r} is not an ISO date")
    if isinstance(entry, dict):
        reference, entry = str(entry.get("reference", reference)), entry["value"]
    if isinstance(entry, list):
        entry = tuple(str(code) for code in entry)
    if entry is not None and not isinstance(entry, int | tuple):
        raise TypeError(f"{entry!r} is neither a whole number, true or false, a list nor null")
    return Dated(since, entry, reference)
