"""Made-up units of residents (居民单位) of Jiangxi: in each county two towns with two committees each (S3.13).

Towns 91 and 92 of a county do not exist: the official list counts towns from 001 on, and no county has that many.
"""

from daftar.config.demo.facts import Facts
from daftar.config.demo.offices import JIANGXI

TOWNS = (("910", "示例街道"), ("920", "示范镇"))
COMMITTEES = {"910": ("示例社区居民委员会", "向阳社区居民委员会"), "920": ("示范村民委员会", "新民村民委员会")}


def add_units(facts: Facts) -> None:
    """Of each county of Jiangxi. Wants the regions and pooling regions first."""
    pooling = {str(row["region"]): str(row["code"]) for row in facts.rows["pooling_regions"]}
    cities = {str(row["code"]): row for row in facts.rows["regions"] if row["parent"] == JIANGXI}
    for county in facts.rows["regions"]:
        city = str(county["parent"])
        if city not in cities or city not in pooling:
            continue
        digits = str(county["code"]).removeprefix("cn-")
        for town, called in TOWNS:
            for number, name in enumerate(COMMITTEES[town], start=1):
                facts.add(
                    "units",
                    city.replace("cn-", "cn-h"),
                    code=f"{digits}{town}{number:03}",
                    name=name,
                    pooling_region=pooling[city],
                    town=f"{county['name']}{called}",
                )
