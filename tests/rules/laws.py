"""A law that changes often: every parameter with random dated values, some that begin late or end."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml

from tests.rules.oracle import FOLDER

FIRST, LAST = date(2010, 1, 1), date(2027, 12, 31)


def changed_law(folder: Path, seed: int) -> None:
    """Write the real parameters with random values to `folder`, each by its own name: a new one changes no other."""

    def values(name: str, unit: str, values: object) -> object:
        if unit not in ("full years", "months", "days", "cases", "true or false"):  # lists of codes stay
            return values
        return _values(Random(f"{seed} {name}"), name.split("/")[1], unit)

    _write(folder, values)


def law_with(folder: Path, **changed: dict[date, object]) -> None:
    """Write the real parameters to `folder`, those of `changed` (`ir/grace/compulsory`) with these values instead."""
    _write(folder, lambda name, unit, values: changed.pop(name, values))
    assert not changed, f"no such parameters: {changed}"


def _write(folder: Path, values: Callable[[str, str, object], object]) -> None:
    for path in sorted(FOLDER.glob("*/*/*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        name = path.relative_to(FOLDER).with_suffix("").as_posix()
        content["values"] = values(name, content["unit"], content["values"])
        target = folder / path.relative_to(FOLDER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def _values(random: Random, topic: str, unit: str) -> dict[date, object]:
    begins = date(1950, 1, 1) if random.random() < 0.75 else _day(random)
    values: dict[date, object] = {begins: _value(random, topic, unit)}
    for _ in range(random.choice([0, 0, 1, 2])):
        day = _day(random)
        if day > begins:
            values[day] = None if random.random() < 0.2 else _value(random, topic, unit)
    return dict(sorted(values.items()))


def _value(random: Random, topic: str, unit: str) -> object:
    if unit == "true or false":
        return random.random() < 0.6
    if unit == "full years":
        return random.choice([15, 16, 18, 19, 20, 55, 58, 60])
    return {"grace": random.choice([0, 1, 3, 5, 6, 7, 14, 20]), "after_spell": random.choice([0, 0, 1, 2, 13])}.get(
        topic, random.choice([0, 1, 2, 6, 12])
    )


def _day(random: Random) -> date:
    return FIRST + timedelta(days=random.randint(0, (LAST - FIRST).days))
