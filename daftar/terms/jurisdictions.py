"""Jurisdictions: whose law, calendar, clock and words apply. Adding one is adding a file in data/jurisdictions."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from daftar.terms.identifiers import TYPES


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One legal territory (contracts §1)."""

    code: str
    name: dict[str, str]
    insurer: str
    insurer_name: dict[str, str]
    time_zone: str
    calendar: str
    language: str
    identifier_types: tuple[str, ...]
    law_set: str
    currency: str
    hotline: str
    mobile_country: str
    password_rule: str
    services: tuple[str, ...]
    other_insurers: dict[str, dict[str, str]] = field(default_factory=dict)  # names of other basic insurers by code

    def local(self, at: datetime) -> datetime:
        """An instant as clocks show it in this jurisdiction."""
        return at.astimezone(ZoneInfo(self.time_zone))

    def today(self, at: datetime) -> date:
        """The calendar day in this jurisdiction's time zone at an instant (contracts §1)."""
        return _day(self.time_zone, int(at.timestamp()) // 60)


@lru_cache(maxsize=1024)
def _day(time_zone: str, minute: int) -> date:
    """The day of a minute since 1970: days begin on whole minutes everywhere, and every inquiry asks several times."""
    return datetime.fromtimestamp(minute * 60, ZoneInfo(time_zone)).date()


@cache
def jurisdictions() -> dict[str, Jurisdiction]:
    """All jurisdictions by code."""
    folder = files("daftar.terms").joinpath("data/jurisdictions")
    found = {}
    for entry in folder.iterdir():
        if entry.name.endswith(".toml"):
            code = entry.name.removesuffix(".toml")
            found[code] = _read(code, tomllib.loads(entry.read_text(encoding="utf-8")))
    return dict(sorted(found.items()))


def _read(code: str, data: dict[str, object]) -> Jurisdiction:
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return Jurisdiction(code=code, **{**data, **lists})  # type: ignore[arg-type]


def jurisdiction_of(id_type: str) -> Jurisdiction:
    """The jurisdiction that an identifier type belongs to; KeyError for an unknown type."""
    return jurisdictions()[TYPES[id_type].jurisdiction]
