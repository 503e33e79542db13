"""Reads the sentences of tests/situations/*.yaml: facts, changes of the law, questions. Each must be known."""

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.rules.humans import Dependency, Human, Proof, Spell
from tests.rules.oracle import FOLDER

FILES = sorted((Path(__file__).parents[1] / "situations").glob("*.yaml"))
DAY = r"\d{4}-\d\d-\d\d"
FACTS = {
    "person": rf"is a (?P<sex>man|woman|person)(?: born (?P<born>{DAY}))?(?: in (?P<jurisdiction>\w+))?",
    "spell": rf"is in (?P<kind>\w+) insurance from (?P<starts>{DAY})(?: to (?P<ends>{DAY}))?",
    "paid": r"pays (?P<kind>\w+) insurance for (?P<first>\d{4}-\d\d)(?: to (?P<last>\d{4}-\d\d))?",
    "dependency": rf"is (?P<relation>\w+) of (?P<main>\w+) from (?P<starts>{DAY})(?: to (?P<ends>{DAY}))?",
    "proof": rf"shows (?P<kind>\w+) on (?P<starts>{DAY})(?: until (?P<ends>{DAY}))?(?: by (?P<source>connector))?",
    "death": rf"dies on (?P<died>{DAY})",
    "other": rf"is covered by (?P<insurer>[\w-]+) from (?P<starts>{DAY})(?: to (?P<ends>{DAY}))?",
}
LAW = re.compile(
    rf"in (?P<law>\w+) (?P<name>\w+/\w+) "
    rf"(?:is (?P<value>\w+) from (?P<since>{DAY})|has no value from (?P<until>{DAY})|begins on (?P<begins>{DAY}))"
)
QUESTION = re.compile(
    rf"(?P<who>\w+)(?: with (?P<insurer>[\w-]+))? on (?P<day>{DAY}) is (?P<status>not covered|covered)"
    rf"(?: until (?P<until>{DAY})| with no end)?, (?P<reason>\w+)"
)
SEX = {"man": "male", "woman": "female", "person": ""}


@dataclass
class Question:
    """A day and the right answer."""

    who: str
    insurer: str | None
    day: date
    status: str
    until: date | None
    reason: str


def situations() -> list[tuple[str, dict[str, Any]]]:
    """All situations with the name of their file."""
    return [(path.stem, found) for path in FILES for found in yaml.safe_load(path.read_text(encoding="utf-8"))]


def people(sentences: list[str]) -> dict[str, Human]:
    """The people that the facts speak of, by name."""
    found: dict[str, Human] = {}
    for sentence in sentences:
        name, words = sentence.split(" ", 1)
        human = found.setdefault(name, Human(name))
        kind, match = next(((k, m) for k, p in FACTS.items() if (m := re.fullmatch(p, words))), ("", None))
        if match is None:
            raise ValueError(f"unknown fact: {sentence}")
        _learn(human, kind, match.groupdict())
    return found


def _learn(human: Human, kind: str, words: dict[str, str | None]) -> None:
    starts, ends = _day(words.get("starts")), _day(words.get("ends"))
    match kind:
        case "person":
            human.sex, human.born = SEX[str(words["sex"])], _day(words["born"])
            human.jurisdiction = words["jurisdiction"] or "ir"
        case "death":
            human.died = _day(words["died"])
        case "spell":
            human.spells.append(Spell(str(words["kind"]), starts, ends))
        case "paid":
            human.paid |= {(str(words["kind"]), *month) for month in _months(words["first"], words["last"])}
        case "dependency":
            human.dependencies.append(Dependency(str(words["main"]), str(words["relation"]), starts, ends))
        case "proof":
            human.proofs.append(Proof(str(words["kind"]), starts, ends, words["source"] or "counter"))
        case "other":
            human.others.append((str(words["insurer"]), starts, ends))


def question(sentence: str) -> Question:
    """A question and its answer."""
    match = QUESTION.fullmatch(sentence)
    if match is None:
        raise ValueError(f"unknown question: {sentence}")
    words = match.groupdict()
    status = words["status"].replace(" ", "_")
    return Question(words["who"], words["insurer"], _day(words["day"]), status, _day(words["until"]), words["reason"])


def law_folder(changes: list[str], folder: Path) -> Path:
    """The parameters with some changed, in a folder of their own."""
    if not changes:
        return FOLDER
    shutil.copytree(FOLDER, folder)
    for sentence in changes:
        match = LAW.fullmatch(sentence)
        if match is None:
            raise ValueError(f"unknown change of the law: {sentence}")
        _change(folder, match.groupdict())
    return folder


def _change(folder: Path, words: dict[str, str | None]) -> None:
    path = folder / str(words["law"]) / f"{words['name']}.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    values = content["values"]
    if words["begins"]:
        values = {_day(words["begins"]): list(values.values())[-1]}
    else:
        since = _day(words["since"] or words["until"])
        values = {day: value for day, value in values.items() if day < since or value != values[min(values)]}
        values = {day: value for day, value in values.items() if day != since}
        values[since] = yaml.safe_load(words["value"]) if words["value"] else None
    content["values"] = dict(sorted(values.items()))
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def _months(first: str | None, last: str | None) -> list[tuple[int, int]]:
    low, high = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (str(first), str(last or first)))
    return [(month // 12, month % 12 + 1) for month in range(low, high + 1)]


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
