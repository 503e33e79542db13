"""Reads the sentences of tests/situations about services: filings, revocations, enrolments, proxy bindings."""

import re
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from daftar.rules import destination, regions
from daftar.rules.enrolment_check import EnrolmentFacts, WantedEnrolment
from daftar.rules.filing_decision import FilingFacts, PoolingRegion, StandingFiling, WantedFiling
from daftar.rules.parameters import FOLDER, read_law_set
from daftar.rules.revocation import Stay
from daftar.terms.periods import Period
from tests.rules.destinations import paths

SITUATIONS = Path(__file__).parents[1] / "situations"
DAY = r"\d{4}-\d\d-\d\d"
DAYS = rf"from (?P<starts>{DAY})(?: to (?P<ends>{DAY}))?"
LAW = re.compile(rf"(?P<name>\S+/\S+) (?:is (?P<value>.+) from|ends on) (?P<day>{DAY})")
FACTS = {
    "insured": r"is insured in (?P<path>\D+?)(?: for (?P<type>\d+))?",
    "registered": r"is registered in (?P<path>\D+)",
    "born": rf"is born on (?P<day>{DAY})",
    "died": rf"dies on (?P<day>{DAY})",
    "enrolled": rf"is enrolled {DAYS}",
    "covered": rf"is covered {DAYS}",
    "filing": rf"has a filing {DAYS}(?:, (?P<state>\w+))?",
    "pooling": rf"(?P<path>\S+(?: \S+)*) (?:is not open|opens on (?P<day>{DAY})(?: for (?P<types>[\d ]+))?)",
    "stay": rf"is in hospital {DAYS}(?:, settled on (?P<settled>{DAY}))?",
}
FILING = re.compile(
    rf"on (?P<day>{DAY}) a filing as (?P<category>\w+) to (?P<path>\D+?) {DAYS} with (?P<given>[\w ]+?) is "
    r"(?:approved|refused for (?P<reasons>[\w, ]+?))(?:; lacks (?P<missing>[\w ]+))?"
)
REVOCATION = re.compile(
    rf"revoked on (?P<day>{DAY}) it (?:counts until (?P<last>{DAY})|never counts|is refused for (?P<reason>\w+))"
)
ENROLMENT = re.compile(
    rf"on (?P<day>{DAY}) as (?P<category>\w+) in (?P<path>\D+?)(?: pooled in (?P<pooled>\D+?))? "
    rf"from (?P<starts>{DAY})(?: with (?P<given>[\w ]+?))? "
    r"(?:may be enrolled|is (?:refused|left to a reviewer) for (?P<reasons>[\w, ]+?))(?:; lacks (?P<missing>[\w ]+))?"
)

Found = dict[str, list[dict[str, str | None]]]


def situations(name: str) -> list[Any]:
    """The situations of one file, as parameters of a test."""
    found = yaml.safe_load((SITUATIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(each, id=each["name"]) for each in found]


def with_law(changes: Iterable[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules read the parameters of China with some changed."""
    if not changes:
        return
    shutil.copytree(FOLDER, folder)
    for sentence in changes:
        words = _match(LAW, sentence)
        path = folder / "cn" / f"{words['name']}.yaml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        content["values"][_day(words["day"])] = yaml.safe_load(words["value"]) if words["value"] else None
        content["values"] = dict(sorted(content["values"].items()))
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    for module in (regions, destination):
        monkeypatch.setattr(module, "law_set", lambda code: read_law_set(folder / code))


def path(names: str | None) -> tuple[str, ...]:
    """The codes of a region given by its names, province first."""
    return paths()[tuple(str(names).split(" "))]


def facts(sentences: Iterable[str]) -> Found:
    """What the sentences say, by kind."""
    found: Found = {}
    for sentence in sentences:
        kind, match = next(((k, m) for k, p in FACTS.items() if (m := re.fullmatch(p, sentence))), ("", None))
        if match is None:
            raise ValueError(f"unknown fact: {sentence}")
        found.setdefault(kind, []).append(match.groupdict())
    return found


def filing_facts(sentences: Iterable[str]) -> FilingFacts:
    """A person who files, and what is open where they go."""
    found = facts(sentences)
    insured = found.get("insured", [])
    return FilingFacts(
        insured=path(insured[0]["path"]) if insured else (),
        insurance_type=(insured[0]["type"] or "") if insured else "",
        died=_only_day(found, "died"),
        enrolled=_periods(found, "enrolled"),
        covered=_periods(found, "covered"),
        filings=standing(found),
        pooling=[
            PoolingRegion(path(each["path"]), _maybe(each["day"]), (each["types"] or "").split())
            for each in found.get("pooling", [])
        ],
    )


def standing(found: Found) -> list[StandingFiling]:
    """The filings on record."""
    return [
        StandingFiling(_day(each["starts"]), _maybe(each["ends"]), each["state"] or "in_force")
        for each in found.get("filing", [])
    ]


def stays(found: Found) -> list[Stay]:
    """Stays in hospital."""
    return [Stay(_day(each["starts"]), _maybe(each["ends"]), _maybe(each["settled"])) for each in found.get("stay", [])]


def enrolment_facts(sentences: Iterable[str]) -> EnrolmentFacts:
    """Somebody who is to be enrolled."""
    found = facts(sentences)
    days = _only_day(found, "born"), _only_day(found, "died"), _periods(found, "enrolled")
    return EnrolmentFacts(*days, registered=path(found["registered"][0]["path"]) if "registered" in found else ())


def filing_question(sentence: str) -> tuple[date, WantedFiling, list[str], set[str]]:
    """Day of handing in, what is wanted, the right reasons, and the kinds of what is missing."""
    words = _match(FILING, sentence)
    given = _given(words["given"]) or frozenset()
    wanted = WantedFiling(
        str(words["category"]), _day(words["starts"]), _maybe(words["ends"]), path(words["path"]), given
    )
    return _day(words["day"]), wanted, _list(words["reasons"]) or ["approved"], _lacks(words["missing"])


def enrolment_question(sentence: str) -> tuple[date, WantedEnrolment, list[str], set[str]]:
    """Day of asking, what is wanted, the right reasons, and the kinds of what is missing."""
    words = _match(ENROLMENT, sentence)
    given = _given(words["given"])
    pooled = path(words["pooled"])[-1] if words["pooled"] else None
    wanted = WantedEnrolment(str(words["category"]), _day(words["starts"]), path(words["path"]), given, pooled)
    return _day(words["day"]), wanted, _list(words["reasons"]) or ["may_be_enrolled"], _lacks(words["missing"])


def revocation_question(sentence: str) -> tuple[date, str, date | None]:
    """Day, the right reason, and the last day on which the filing counts where it is approved."""
    words = _match(REVOCATION, sentence)
    return _day(words["day"]), words["reason"] or "approved", _maybe(words["last"])


def sentence_of(pattern: str) -> Callable[[str], dict[str, str]]:
    """A reader of sentences of one form."""
    compiled = re.compile(pattern)
    return lambda sentence: {name: word or "" for name, word in _match(compiled, sentence).items()}


def _match(pattern: re.Pattern[str], sentence: str) -> dict[str, str | None]:
    match = pattern.fullmatch(sentence)
    if match is None:
        raise ValueError(f"unknown sentence: {sentence}")
    return match.groupdict()


def _given(words: str | None) -> frozenset[str] | None:
    return None if words is None else frozenset() if words == "nothing" else frozenset(words.split(" and "))


def _list(words: str | None) -> list[str]:
    return words.split(", ") if words else []


def _lacks(words: str | None) -> set[str]:
    return set(words.split(" or ")) if words else set()


def _periods(found: Found, kind: str) -> list[Period]:
    return [Period(_day(each["starts"]), _maybe(each["ends"])) for each in found.get(kind, [])]


def _only_day(found: Found, kind: str) -> date | None:
    return _day(found[kind][0]["day"]) if kind in found else None


def _day(text: str | None) -> date:
    return date.fromisoformat(str(text))


def _maybe(text: str | None) -> date | None:
    return _day(text) if text else None
