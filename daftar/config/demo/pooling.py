"""Made-up openings of real regions to direct settlement: which ones pool a fund, and since when (S4.4).

China: each city pools, beside it the provincial level of each province; where a filing to the province is enough (S4.8)
the province pools; a province without a city above its counties leaves each county its own. Iran has one fund: each
province opens for itself; there two have not opened, so that this can be seen, too.
"""

from datetime import date, timedelta
from random import Random

from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts, Row

FIRST_OPENING = date(2016, 12, 15)  # the guide of March 2018 says of China that all are open
OPENING_DAYS = 280
WITHOUT_CITY = ("省直辖县级行政区划", "自治区直辖县级行政区划")
"""What the list of cities calls counties that stand under the province itself."""
MUNICIPAL = ("市辖区", "县")
"""What it calls the two halves of a municipality."""
IR_OPENS_SOON, IR_CLOSED = "ir-24", "ir-6"


def add_pooling_regions(facts: Facts, iran: Days) -> None:
    """All of both countries. Wants the regions first."""
    random = Random("pooling regions")
    for region in pooling_places(facts.rows["regions"]):
        opened = FIRST_OPENING + timedelta(days=random.randrange(OPENING_DAYS))
        provincial = region["level"] == "province" and not region["files_to"]
        _add(facts, region, f"{region['name']}本级" if provincial else str(region["name"]), opened, "310 390")
    for region in facts.rows["regions"]:
        if region["parent"] == "ir":
            opened_on = iran.years(-7) + timedelta(days=random.randrange(OPENING_DAYS))
            name = f"استان {region['name']}"
            _add(
                facts, region, name, {IR_OPENS_SOON: iran.ago(-45), IR_CLOSED: None}.get(str(region["code"]), opened_on)
            )


def pooling_places(regions: list[Row]) -> list[Row]:
    """The regions of China that pool a fund."""
    by_code = {region["code"]: region for region in regions}
    found = []
    for region in regions:
        above = by_code.get(region["parent"], {})
        is_province = region["parent"] == "cn"
        is_city = region["level"] == "city" and above.get("parent") == "cn" and region["name"] not in WITHOUT_CITY
        is_county = above.get("name") in WITHOUT_CITY
        province = above if is_city else by_code.get(above.get("parent"), {})
        if is_province or ((is_city or is_county) and not province.get("files_to")):
            found.append(region)
    return found


def _add(facts: Facts, region: Row, name: str, opened_on: date | None, insurance_types: str = "") -> None:
    code = str(region["code"])
    facts.add(
        "pooling_regions",
        f"{code[:2]}-hq",
        code=code,
        name=name,
        region=code,
        opened_on=opened_on,
        insurance_types=insurance_types,
    )
