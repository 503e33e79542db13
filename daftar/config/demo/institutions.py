"""Made-up hospitals in real regions of both countries: every name says 示例 or «نمونه» (S4.5, S4.6).

China: the provincial level, each city and each county have some; Jiangxi, where the demo's people live, has more.
Codes look like real ones, and end in numbers from 99001 on.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from daftar.config.demo.facts import Facts, Row
from daftar.config.demo.offices import JIANGXI
from daftar.config.demo.pooling import MUNICIPAL, WITHOUT_CITY
from daftar.config.demo.telephones import address, telephone

INSTITUTIONS = 5_000
FIRST_NUMBER = 99_001
OPENED = date(2017, 1, 1)
OPENED_DAYS = 2_500
SHARE_CROSS_REGION = 0.75
SHARE_CLOSED = 0.02

Kind = tuple[str, str, tuple[str, ...]]
"""End of the name, class, levels to choose from."""

CN_KINDS: dict[str, tuple[Kind, ...]] = {
    "province": (
        ("人民医院", "综合医院", ("三级甲等",)),
        ("肿瘤医院", "专科医院", ("三级甲等", "三级乙等")),
    ),
    "city": (
        ("第一人民医院", "综合医院", ("三级甲等", "三级乙等")),
        ("中医院", "中医医院", ("三级甲等", "三级乙等", "二级甲等")),
        ("妇幼保健院", "妇幼保健院", ("三级甲等", "二级甲等")),
    ),
    "county": (
        ("人民医院", "综合医院", ("二级甲等", "二级乙等", "三级丙等")),
        ("中医院", "中医医院", ("二级甲等", "二级乙等")),
        ("社区卫生服务中心", "社区卫生服务中心", ("一级甲等", "未定级")),
        ("中心卫生院", "乡镇卫生院", ("一级甲等", "一级乙等", "未定级")),
    ),
}
IR_KINDS: tuple[Kind, ...] = (
    ("بیمارستان", "بیمارستان عمومی", ("درجه یک", "درجه دو", "درجه سه")),
    ("بیمارستان تخصصی", "بیمارستان تخصصی", ("درجه یک", "درجه دو")),
    ("زایشگاه", "زایشگاه", ("درجه دو", "درجه سه")),
    ("درمانگاه", "درمانگاه", ("بدون درجه",)),
)
CN_WORDS = (
    "康宁",
    "仁和",
    "安泰",
    "惠民",
    "福康",
    "明德",
    "长青",
    "瑞安",
    "清和",
    "同心",
    "永和",
    "新安",
    "春晖",
    "松鹤",
)
IR_WORDS = (
    "مهر",
    "امید",
    "سلامت",
    "نور",
    "آفتاب",
    "شفا",
    "بهار",
    "سپید",
    "آرامش",
    "پارس",
    "یاس",
    "کوثر",
    "رازی",
    "لاله",
)


HOME = JIANGXI[:5]
"""How codes of Jiangxi begin."""


def add_institutions(facts: Facts, most: int = INSTITUTIONS) -> None:
    """That many: all of China's, and as many of Iran's as are left. Wants the regions first."""
    maker = _Maker(facts, {str(row["code"]): row for row in facts.rows["regions"]})
    for region in facts.rows["regions"]:
        if str(region["code"]).startswith("cn-") and region["name"] not in (*MUNICIPAL, *WITHOUT_CITY):
            maker.of_china(region)
    cities = [row for row in facts.rows["regions"] if str(row["code"]).startswith("ir-")]
    maker.random.shuffle(cities)
    for region in cities[: most - len(facts.rows["institutions"])]:
        maker.of_iran(region)


@dataclass
class _Maker:
    facts: Facts
    regions: dict[str, Row]
    random: Random = field(default_factory=lambda: Random("institutions"))

    def of_china(self, region: Row) -> None:
        code, level = str(region["code"]), str(region["level"])
        kinds = CN_KINDS[level]
        if level == "county":
            kinds = kinds[:3] if code.startswith(HOME) else (self.random.choices(kinds, weights=(5, 3, 1, 1))[0],)
        for turn, (ending, class_, levels) in enumerate(kinds):
            name = f"{region['name']}示例{self.random.choice(CN_WORDS)}{ending}"
            number = f"H{code.removeprefix('cn-')}{FIRST_NUMBER + turn}"
            self.add(number, name, region, class_, levels, always=level != "county")

    def of_iran(self, region: Row) -> None:
        ending, class_, levels = self.random.choices(IR_KINDS, weights=(6, 2, 1, 3))[0]
        name = f"{ending} نمونه {self.random.choice(IR_WORDS)} {region['name']}"
        number = f"IR-{str(region['code']).removeprefix('ir-')}-{FIRST_NUMBER}"
        self.add(number, name, region, class_, levels, always=region["level"] == "province")

    def add(self, number: str, name: str, region: Row, class_: str, levels: tuple[str, ...], *, always: bool) -> None:
        """One hospital; `always` designated for the insured of other regions, others by chance; a few have closed."""
        random, code = self.random, str(region["code"])
        serial = len(self.facts.rows["institutions"]) + 1
        opened_on = OPENED + timedelta(days=random.randrange(OPENED_DAYS))
        closed = not always and random.random() < SHARE_CLOSED
        self.facts.rows["institutions"].append(
            {
                "code": number,
                "name": name,
                "region": code,
                "level": random.choice(levels),
                "class": class_,
                "address": address(code, self.path(region), serial),
                "phone": telephone(code, 100_000 + serial),
                "opened_on": opened_on,
                "closed_on": opened_on + timedelta(days=random.randrange(100, 600)) if closed else None,
                "cross_region": always or random.random() < SHARE_CROSS_REGION,
                "office": f"{code[:2]}-hq",
                "recorded_at": self.facts.newest,
            }
        )

    def path(self, region: Row) -> str:
        """Names from the province down to the region."""
        names: list[str] = []
        while region["level"] != "country":
            if region["name"] not in (*MUNICIPAL, *WITHOUT_CITY):
                names.insert(0, str(region["name"]))
            region = self.regions[str(region["parent"])]
        return ("" if names[0] >= "\u4e00" else "، ").join(names)
