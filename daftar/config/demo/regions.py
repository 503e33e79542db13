"""The feed table `regions` from the carried lists of real divisions (data/regions/README.md)."""

import csv
import json
from pathlib import Path

from daftar.config.demo.facts import Facts
from daftar.config.environment import ROOT
from daftar.rules.destination import files_to_province
from daftar.terms.jurisdictions import jurisdictions

FOLDER = ROOT / "data" / "regions"


def add_regions(facts: Facts) -> None:
    """Both countries, their provinces, cities and counties."""
    _add(facts, "ir", "ایران", "country", "")
    _add(facts, "cn", "中国", "country", "")
    _add_iran(facts)
    _add_china(facts)


def _add(facts: Facts, code: str, name: str, level: str, parent: str, files_to: str = "") -> None:
    facts.add("regions", "", code=code, name=name, level=level, parent=parent, files_to=files_to)


def _add_iran(facts: Facts) -> None:
    for province in json.loads((FOLDER / "ir-provinces.json").read_text(encoding="utf-8")):
        _add(facts, f"ir-{province['id']}", province["name"], "province", "ir")
    for city in json.loads((FOLDER / "ir-cities.json").read_text(encoding="utf-8")):
        province = f"ir-{city['ostan']}"
        _add(facts, f"{province}-{city['id']}", city["name"], "city", province)


def _add_china(facts: Facts) -> None:
    enough = files_to_province("cn", jurisdictions()["cn"].today(facts.newest))  # the law of the day (S4.8)
    for line in _lines("cn-provinces.csv"):
        code = cn_code(line["code"])
        _add(facts, code, line["name"], "province", "cn", code if code in enough else "")
    cities = _lines("cn-cities.csv")
    for line in cities:
        _add(facts, cn_code(line["code"]), line["name"], "city", cn_code(line["provinceCode"]))
    whole = {cn_code(line["code"]) for line in cities}  # three cities without counties are listed as their own
    for line in _lines("cn-areas.csv"):
        if cn_code(line["code"]) not in whole:
            _add(facts, cn_code(line["code"]), line["name"], "county", cn_code(line["cityCode"]))


def _lines(name: str) -> list[dict[str, str]]:
    with Path(FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cn_code(digits: str) -> str:
    """A division of two, four or six digits in the six of GB/T 2260, with its country."""
    return f"cn-{digits:0<6}"
