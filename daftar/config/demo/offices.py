"""Made-up offices of both insurers: how far behind each one's newest facts are shows the data's age (S2.15)."""

from datetime import datetime, timedelta
from random import Random

from daftar.config.demo.facts import Facts, Row
from daftar.config.demo.pooling import MUNICIPAL, WITHOUT_CITY
from daftar.config.demo.telephones import address, postcode, telephone

IR_HEADQUARTERS = "ir-hq"
CN_HEADQUARTERS = "cn-hq"
JIANGXI = "cn-360000"
COUNTIES = ("cn-360603", "cn-360702")  # 余江区, 章贡区: the demo has reviewers there
DEPARTMENTS = {
    "ir": {
        "headquarters": "معاونت درمان",
        "province": "مدیریت درمان",
        "branch": "واحد امور بیمه‌شدگان",
        "brokerage": "پذیرش",
    },
    "cn": {"headquarters": "异地就医结算处", "province": "异地就医管理处", "handling": "异地就医科"},
}
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
    _office(facts, IR_HEADQUARTERS, "headquarters", "ستاد مرکزی", "ir-8", "تهران", "")
    _office(facts, CN_HEADQUARTERS, "headquarters", "医疗保障中心", "cn-110000", "北京市", "")
    below: dict[str, list[Row]] = {}
    for region in facts.rows["regions"]:
        below.setdefault(str(region["parent"]), []).append(region)
    for region in below["ir"]:
        _of_iran(facts, str(region["code"]), str(region["name"]))
    for region in below["cn"]:
        _of_china(facts, region, below)
    by_code = {str(region["code"]): region for region in facts.rows["regions"]}
    for code in COUNTIES:
        _of_county(facts, by_code[code], by_code)


def _of_county(facts: Facts, county: Row, by_code: dict[str, Row]) -> None:
    """A county's own agency below that of its city, which sends for it."""
    city, number = by_code[str(county["parent"])], str(county["code"]).removeprefix("cn-")
    above = str(city["code"]).replace("cn-", "cn-h")
    name, place = str(county["name"]), f"{by_code[str(city['parent'])]['name']}{city['name']}{county['name']}"
    code = f"cn-h{number}"
    _office(facts, code, "handling", f"{name}医保经办中心", str(county["code"]), place, above, sent_by=above)


def _of_iran(facts: Facts, code: str, name: str) -> None:
    digits = code.removeprefix("ir-")
    _office(facts, f"ir-p{digits}", "province", f"اداره کل استان {name}", code, name, IR_HEADQUARTERS)
    for turn, word in enumerate(("یک", "دو"), start=1):
        _office(facts, f"ir-b{digits}-{turn}", "branch", f"شعبه {word} {name}", code, name, f"ir-p{digits}")
    _office(facts, f"ir-k{digits}", "brokerage", f"کارگزاری رسمی {name}", code, name, f"ir-p{digits}")


def _of_china(facts: Facts, province: Row, below: dict[str, list[Row]]) -> None:
    """The province's office and a handling agency a city; people of the demo are registered in Jiangxi and capitals."""
    code, name = str(province["code"]), str(province["name"])
    above = code.replace("cn-", "cn-p")
    _office(facts, above, "province", f"{name}医疗保障局", code, name, CN_HEADQUARTERS)
    for city in below[code]:
        places = below[str(city["code"])] if city["name"] in WITHOUT_CITY else [city]
        for place in places:
            number = str(place["code"]).removeprefix("cn-")
            if place["name"] in MUNICIPAL and not number.endswith("0100"):
                continue
            called = name if place["name"] in MUNICIPAL else str(place["name"])
            registers = code == JIANGXI or number.endswith("0100")
            _office(
                facts,
                f"cn-h{number}",
                "handling",
                f"{called}医保经办中心",
                str(place["code"]),
                called if called == name else name + called,
                above,
                sent_by="" if registers else above,
            )


def _office(
    facts: Facts, code: str, kind: str, name: str, region: str, place: str, parent: str, *, sent_by: str = ""
) -> None:
    serial = len(facts.rows["offices"]) + 1
    facts.add(
        "offices",
        sent_by or code,
        code=code,
        kind=kind,
        name=name,
        department=DEPARTMENTS[code[:2]][kind],
        region=region,
        address=address(region, place, serial),
        phone=telephone(region, serial),
        postcode=postcode(region, serial),
        parent=parent,
    )


def branches(facts: Facts, country: str) -> list[Row]:
    """Offices at which people of a country are registered: those that send facts of their own."""
    wanted = ("branch", "handling")
    return [
        row
        for row in facts.rows["offices"]
        if row["kind"] in wanted and str(row["code"]).startswith(country) and row["office"] == row["code"]
    ]
