"""The thresholds of the alerts, as data: read from a TOML file, refused with a sentence where they are wrong."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from daftar.portal.monitoring.measures import MEASURES

OWN = Path(__file__).with_name("alert_rules.toml")


class RulesWrong(ValueError):
    """The file of thresholds cannot be used."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One threshold: alert when `measure` lies above `above` for `lasting_minutes`; again after `repeat_hours`."""

    name: str
    measure: str
    above: float
    repeat_hours: float
    lasting_minutes: float = 0


def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file. Raises RulesWrong."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RulesWrong(f"{path} is no file of thresholds: {error}") from None
    return tuple(_rule(name, table) for name, table in tables.items())


def _rule(name: str, table: object) -> Rule:
    known = {field.name for field in fields(Rule)} - {"name"}
    if not isinstance(table, dict) or set(table) - known or not {"measure", "above", "repeat_hours"} <= set(table):
        raise RulesWrong(f"[{name}] must have measure, above, repeat_hours and perhaps lasting_minutes, nothing else")
    if table["measure"] not in MEASURES:
        raise RulesWrong(f"[{name}] measure must be one of {', '.join(MEASURES)}")
    numbers = {key: value for key, value in table.items() if key != "measure"}
    if any(isinstance(value, bool) or not isinstance(value, int | float) or value < 0 for value in numbers.values()):
        raise RulesWrong(f"[{name}] must have numbers of 0 or more")
    if len(name) > 32:
        raise RulesWrong(f"[{name}] must be a name of at most 32 letters")
    return Rule(name=name, **table)
