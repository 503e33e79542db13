"""Telephones, postcodes and addresses of offices and hospitals that are none: they ring nobody and lead nowhere.

Telephones begin with a zero after the area code, as no real one does; Iranian postcodes begin with a zero, which real
ones do not contain in their first half; streets are named «نمونه» and 示例.
"""

import tomllib
from pathlib import Path

PLACES = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
LONG_AREA_CODE = 4


def telephone(region: str, serial: int) -> str:
    """A telephone in the province of `region` (a code of table regions)."""
    country, province = province_of(region)
    area = PLACES[country][province]
    digits = 6 if len(area) == LONG_AREA_CODE else 7
    return f"{area}-0{serial % 10**digits:0{digits}}"


def postcode(region: str, serial: int) -> str:
    """A postcode: six digits in China, ten in Iran."""
    country, province = province_of(region)
    if country == "cn":
        return f"{PLACES['cn_postcodes'][province]}{9000 + serial % 1000}"
    return f"0{int(province):02}{serial:07}"


def address(region: str, place: str, number: int) -> str:
    """An address in the place of that name."""
    return f"{place}示例路{number}号" if region.startswith("cn") else f"{place}، خیابان نمونه، پلاک {number}"


def province_of(region: str) -> tuple[str, str]:
    """Country and province of a region as places.toml knows them: cn-360602 is of cn, 36; ir-8-12 of ir, 8."""
    country, code = region.split("-", 1)
    return country, code[:2] if country == "cn" else code.partition("-")[0]
