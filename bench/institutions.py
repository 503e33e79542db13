"""Made-up institutions in the real regions of both countries for the directory's benchmark, and what people ask."""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from daftar.config.demo.facts import Facts
from daftar.config.demo.regions import add_regions
from daftar.terms.finding import words_of

COLUMNS = (*("code", "name", "region", "level", "class", "address", "cross_region", "recorded_at"),)
RECORDED = "2026-01-01T00:00:00Z"
CHARACTERS = "仁爱康宁安泰惠民福明德长青瑞清和同心永新春晖松鹤协济慈博世华光中东西南北大成万家百年友谊平阳海山"
ENDINGS = (
    ("人民医院", "综合医院", "三级甲等"),
    ("第一医院", "综合医院", "三级乙等"),
    ("中医院", "中医医院", "二级甲等"),
    ("妇幼保健院", "妇幼保健院", "二级乙等"),
    ("社区卫生服务中心", "社区卫生服务中心", "一级甲等"),
    ("中心卫生院", "乡镇卫生院", "一级乙等"),
    ("口腔门诊部", "门诊部", "未定级"),
    ("诊所", "诊所", "未定级"),
    ("医院", "综合医院", "二级甲等"),
)
IR_ENDINGS = (("بیمارستان", "بیمارستان عمومی", "درجه یک"), ("درمانگاه", "درمانگاه", "بدون درجه"))
IR_WORDS = ("مهر", "امید", "سلامت", "نور", "آفتاب", "شفا", "بهار", "سپید", "آرامش", "پارس", "یاس", "کوثر", "رازی")


def write_files(folder: Path, number: int) -> list[dict[str, str]]:
    """`regions.csv` and `institutions.csv`; the institutions' rows."""
    facts = Facts({}, datetime(2026, 1, 1, tzinfo=UTC))
    add_regions(facts)
    regions = [{name: str(value) for name, value in row.items() if name != "office"} for row in facts.rows["regions"]]
    _write(folder / "regions.csv", list(regions[0]), regions)
    rows = list(_institutions([row for row in regions if row["level"] in ("city", "county")], number))
    _write(folder / "institutions.csv", COLUMNS, rows)
    return rows


def _institutions(regions: list[dict[str, str]], number: int) -> Iterator[dict[str, str]]:
    chance = random.Random(5)
    for turn in range(number):
        region = chance.choice(regions)
        iran = region["code"].startswith("ir")
        ending, institution_class, level = chance.choice(IR_ENDINGS if iran else ENDINGS)
        if iran:
            name = f"{ending} نمونه {chance.choice(IR_WORDS)} {chance.choice(IR_WORDS)} {region['name']}"
            code, address = f"IR-{region['code'].removeprefix('ir-')}-{turn:06}", f"خیابان نمونه، پلاک {turn % 900}"
        else:
            name = f"{region['name']}示例{''.join(chance.choices(CHARACTERS, k=2))}{ending}"
            code, address = f"H{region['code'].removeprefix('cn-')}{turn:06}", f"{region['name']}示例路{turn % 900}号"
        yield {
            "code": code,
            "name": name,
            "region": region["code"],
            "level": level,
            "class": institution_class,
            "address": address,
            "cross_region": "true" if chance.random() < 0.9 else "false",
            "recorded_at": RECORDED,
        }


def _write(path: Path, columns: "list[str] | tuple[str, ...]", rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def addresses(rows: list[dict[str, str]], number: int) -> list[str]:
    """What that many people ask: half of them type a name, the others choose, turn pages, or know a code."""
    chance = random.Random(9)
    return [f"/{chance.choice(('zh', 'zh', 'fa', 'en'))}/directory/{_asked(chance, rows)}" for _ in range(number)]


def _asked(chance: random.Random, rows: list[dict[str, str]]) -> str:
    row, kind = chance.choice(rows), chance.random()
    country = row["region"].partition("-")[0]
    province = row["region"][:5] + "0000" if country == "cn" else "-".join(row["region"].split("-")[:2])
    asked: dict[str, str | int]
    if kind < 0.5:
        asked = {"name": _typed(chance, row)}
    elif kind < 0.6:
        asked = {"name": _typed(chance, row), "region": chance.choice((province, row["region"]))}
    elif kind < 0.7:
        asked = {"code": row["code"][: chance.randint(3, 12)]}
    elif kind < 0.75:
        asked = {"region": province, "address": row["address"][-5:]}
    elif kind < 0.85:
        asked = {"region": chance.choice((province, row["region"], country)), "page": chance.randint(1, 3)}
    elif kind < 0.9:
        asked = {"level": row["level"], "region": chance.choice(("", province)), "name": _typed(chance, row)}
    elif kind < 0.95:
        asked = {"page": chance.randint(1, 7_000)}
    else:
        return "institutions/by-province/"
    return f"institutions/?{urlencode(asked)}"


def _typed(chance: random.Random, row: dict[str, str]) -> str:
    """The beginning of a word, as far as somebody has come: as written, by sound, or by initials."""
    part = chance.choice(words_of(row["name"], "").split("|")[:-1]).split(" ")
    start = chance.choice((0, 0, chance.randrange(len(part))))
    written = "".join(part[start:])
    return written[: chance.randint(1, min(len(written), 12))]
