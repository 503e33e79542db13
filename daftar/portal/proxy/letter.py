"""The commitment letter (承诺书): shown in full, agreed to by its version (S3.9).

`letters/<version>.toml` holds one version in three languages. What somebody has agreed to never changes: another
wording is another file with a later `since`, and a test holds the published ones to their digests.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Letter:
    """One version: in each language a title and the paragraphs."""

    version: str
    since: date
    title: dict[str, str]
    paragraphs: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Agreed:
    """«已阅读承诺书» ticked and «我已阅读并同意» pressed: which version, read in which language, when."""

    version: str
    language: str
    at: datetime


@cache
def letters() -> dict[str, Letter]:
    """All versions that were ever shown."""
    folder = files("daftar.portal.proxy").joinpath("letters")
    found = (
        _read(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return {letter.version: letter for letter in sorted(found, key=lambda letter: letter.since)}


def letter_on(day: date) -> Letter:
    """The version that is shown on a day; before the first one it is the first."""
    known = list(letters().values())
    return next((each for each in reversed(known) if each.since <= day), known[0])


def _read(version: str, data: dict[str, Any]) -> Letter:
    since: date = data.pop("since")
    title = {language: part["title"] for language, part in data.items()}
    return Letter(version, since, title, {language: tuple(part["paragraphs"]) for language, part in data.items()})
