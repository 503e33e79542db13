"""Made-up offices of both insurers: how far behind each one's newest facts are shows the data's age (S2.15)."""

from datetime import datetime, timedelta
from random import Random

from daftar.config.demo.facts import Facts, Row

IR_HEADQUARTERS = "ir-hq"
CN_HEADQUARTERS = "cn-hq"
JIANGXI = "cn-360000"
LAGS = (
    timedelta(minutes=3),
    timedelta(minutes=10),
    timedelta(minutes=45),
    timedelta(hours=4),
    timedelta(hours=30),
    timedelta(days=9),
)
"""Most offices are minutes behind, some hours, a few days."""


def lag(code: str) -> timedelta:
    """How far an office is behind; the same in each demo. Headquarters are up to date."""
    turn = Random(code).choices(range(len(LAGS)), weights=(40, 30, 15, 8, 5, 2))[0]
    return LAGS[0] if code.endswith("hq") else LAGS[turn]


def set_lags(facts: Facts, at: datetime) -> None:
    """Say when each office's newest facts were recorded."""
    for row in facts.rows["offices"]:
        code = str(row["code"])
        facts.recorded[code] = at - lag(code)


def add_offices(facts: Facts) -> None:
    """Headquarters, an office a province, branches or handling agencies below it. Wants the regions first."""
    _office(facts, IR_HEADQUARTERS, "headquarters", "ستاد مرکزی", "ir-8", "")
    _office(facts, CN_HEADQUARTERS, "headquarters", "医疗保障中心", "cn-110000", "")
    for region in facts.rows["regions"]:
        if region["level"] == "province":
            _province(facts, region)


def _province(facts: Facts, region: Row) -> None:
    code, name = str(region["code"]), str(region["name"])
    country, digits = code.split("-")
    if country == "ir":
        _office(facts, f"ir-p{digits}", "province", f"اداره کل استان {name}", code, IR_HEADQUARTERS)
        for turn, word in enumerate(("یک", "دو"), start=1):
            _office(facts, f"ir-b{digits}-{turn}", "branch", f"شعبه {word} {name}", code, f"ir-p{digits}")
        _office(facts, f"ir-k{digits}", "brokerage", f"کارگزاری رسمی {name}", code, f"ir-p{digits}")
        return
    _office(facts, f"cn-p{digits}", "province", f"{name}医疗保障局", code, CN_HEADQUARTERS)
    for city in facts.rows["regions"]:
        if city["parent"] == code and (code == JIANGXI or str(city["code"]).endswith("0100")):
            number = str(city["code"]).removeprefix("cn-")
            _office(
                facts, f"cn-h{number}", "handling", f"{city['name']}医保经办中心", str(city["code"]), f"cn-p{digits}"
            )


def _office(facts: Facts, code: str, kind: str, name: str, region: str, parent: str) -> None:
    serial = len(facts.rows["offices"])
    chinese = code.startswith("cn")
    facts.add(
        "offices",
        code,
        code=code,
        kind=kind,
        name=name,
        department="异地就医科" if chinese else "",
        region=region,
        address=f"示例路{serial}号" if chinese else f"خیابان نمونه، پلاک {serial}",
        phone=f"010-0000{serial:04}" if chinese else f"021-0000{serial:04}",
        parent=parent,
    )


def branches(facts: Facts, country: str) -> list[Row]:
    """Offices at which people of a country are registered."""
    wanted = ("branch", "handling")
    return [row for row in facts.rows["offices"] if row["kind"] in wanted and str(row["code"]).startswith(country)]
