"""The commitment letter (承诺书): shown in full, agreed to by its version (S3.9).

`letters/<version>.toml` holds one version in three languages. What somebody has agreed to never changes: another
wording is another file with a later `since`, and a test holds the published ones to their digests.
"""

import tomllib
from collections.abc import Mapping
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


def letters() -> dict[str, Letter]:
    """All versions that were ever shown."""
    return read_letters("daftar.portal.proxy")


def letter_on(day: date) -> Letter:
    """The version that is shown on a day; before the first one it is the first."""
    return newest_on(letters(), day)


@cache
def read_letters(package: str) -> dict[str, Letter]:
    """The versions in the folder `letters` of an app, the oldest first."""
    folder = files(package).joinpath("letters")
    found = (
        _read(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return {letter.version: letter for letter in sorted(found, key=lambda letter: letter.since)}


def newest_on(known: Mapping[str, Letter], day: date) -> Letter:
    """The newest version that a day knows; before the first one it is the first."""
    versions = list(known.values())
    return next((each for each in reversed(versions) if each.since <= day), versions[0])


def _read(version: str, data: dict[str, Any]) -> Letter:
    since: date = data.pop("since")
    title = {language: part["title"] for language, part in data.items()}
    return Letter(version, since, title, {language: tuple(part["paragraphs"]) for language, part in data.items()})
