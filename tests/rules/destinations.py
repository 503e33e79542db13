"""Reads the sentences of tests/situations/filing: destinations by the names of real regions, and the right answers."""

import csv
import json
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from daftar.rules.destination import Counting, Opened
from daftar.rules.parameters import FOLDER

ROOT = Path(__file__).parents[2]
SITUATIONS = Path(__file__).parents[1] / "situations" / "filing" / "destinations.yaml"
HEADINGS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
QUESTION = re.compile(
    r"a filing to (?P<path>.+) on (?P<day>\d{4}-\d\d-\d\d) "
    r"(?:has no rule|is made to (?P<files_to>\S+) and opens (?P<opens>.+), (?P<counting>\w+))"
)
LAW = re.compile(r"(?P<name>\S+) (?:is (?P<value>.+) from|ends on) (?P<day>\d{4}-\d\d-\d\d)")


@cache
def paths() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Codes by names, province first, of every region of China; and the provinces of Iran."""
    provinces, cities, areas = (_lines(f"cn-{name}.csv") for name in ("provinces", "cities", "areas"))
    province = {line["code"]: (line["name"], _code(line["code"])) for line in provinces}
    city = {line["code"]: (line["name"], _code(line["code"])) for line in cities}
    found = [(province[line["code"]],) for line in provinces]
    found += [(province[line["provinceCode"]], city[line["code"]]) for line in cities if line["name"] not in HEADINGS]
    for line in areas:
        above = (province[line["provinceCode"]], city[line["cityCode"]])
        found.append((*(each for each in above if each[0] not in HEADINGS), (line["name"], _code(line["code"]))))
    iran = json.loads((ROOT / "data/regions/ir-provinces.json").read_text(encoding="utf-8"))
    found += [((line["name"], f"ir-{line['id']}"),) for line in iran]
    return {tuple(name for name, _ in path): tuple(code for _, code in path) for path in found}


def _lines(name: str) -> list[dict[str, str]]:
    with (ROOT / "data/regions" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _code(digits: str) -> str:
    return f"cn-{digits:0<6}"


def situations() -> list[dict[str, Any]]:
    """All situations."""
    return yaml.safe_load(SITUATIONS.read_text(encoding="utf-8"))


def question(sentence: str) -> tuple[tuple[str, ...], date, tuple[Counting, str, tuple[Opened, ...]]]:
    """A destination, a day, and the right answer."""
    match = QUESTION.fullmatch(sentence)
    if match is None:
        raise ValueError(f"unknown question: {sentence}")
    names = tuple(match["path"].split(" "))
    day = date.fromisoformat(match["day"])
    if match["counting"] is None:
        return paths()[names], day, (Counting.NO_RULE, "", ())
    opens = tuple(_opened(word, names) for word in match["opens"].split(", "))
    return paths()[names], day, (Counting(match["counting"]), _region(match["files_to"], names).region, opens)


def _opened(word: str, names: tuple[str, ...]) -> Opened:
    name = word.removeprefix("level of ")
    return _region(name, names)._replace(below=name == word)


def _region(name: str, names: tuple[str, ...]) -> Opened:
    """A region of the same province by its name."""
    codes = {path[-1]: code[-1] for path, code in paths().items() if path[0] == names[0] and len(path) < 3}
    return Opened(codes[name], True)


def law_folder(changes: list[str], folder: Path) -> Path:
    """The parameters with some changed, in a folder of their own."""
    if not changes:
        return FOLDER
    shutil.copytree(FOLDER, folder)
    for sentence in changes:
        match = LAW.fullmatch(sentence)
        if match is None:
            raise ValueError(f"unknown change of the law: {sentence}")
        path = folder / "cn" / f"{match['name']}.yaml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        content["values"][date.fromisoformat(match["day"])] = _value(match["value"])
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def _value(words: str | None) -> Any:
    if words is None or words in ("true", "false"):
        return None if words is None else words == "true"
    return [paths()[(name,)][0] for name in words.split(" ")]
