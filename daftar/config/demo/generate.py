"""Everything that the demo loads, made from a seed and a moment: the same both times, the same people."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts
from daftar.config.demo.households_cn import ChinaHouseholds
from daftar.config.demo.households_ir import IranHouseholds
from daftar.config.demo.institutions import add_institutions
from daftar.config.demo.offices import JIANGXI, add_offices, branches, set_lags
from daftar.config.demo.organisations import add_organisations
from daftar.config.demo.people import People
from daftar.config.demo.pooling import add_pooling_regions
from daftar.config.demo.regions import add_regions
from daftar.config.demo.staff import Behind, add_staff
from daftar.config.demo.stories import china, dependants, insured, parents, proxies, waiting
from daftar.config.demo.stories.stage import Stage, Story
from daftar.config.demo.treatment import Treatment
from daftar.config.demo.units import add_units
from daftar.terms.jurisdictions import jurisdictions

SEED = 1420
PERSONS = 20_000
SHARE_OF_CHINA = 0.3
YINGTAN = "cn-360600"
MINUTE_FLOOR = {"second": 0, "microsecond": 0}


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: rows to load, stories to tell, persons behind the log-ins of staff."""

    facts: Facts
    stories: list[Story]
    behind: list[Behind]


def generate(at: datetime, *, seed: int = SEED, persons: int = PERSONS) -> Demo:
    """Make everything as of `at`. Stories come first, so that their numbers do not depend on `persons`."""
    at = at.replace(**MINUTE_FLOOR)  # type: ignore[arg-type]
    random = Random(seed)
    people = People(random)
    facts = Facts({}, at)
    iran, china_days = (Days(jurisdictions()[code].today(at)) for code in ("ir", "cn"))
    add_regions(facts)
    add_offices(facts)
    set_lags(facts, at)
    add_pooling_regions(facts, iran)
    add_units(facts)
    add_organisations(facts, iran)
    add_institutions(facts)
    stories = tell_stories(facts, people, iran, china_days)
    behind = add_staff(facts, people, {"ir": iran, "cn": china_days})
    made = len(facts.rows["persons"])
    of_china = int((persons - made) * SHARE_OF_CHINA)
    fill(ChinaHouseholds(facts, people, random, china_days, branches(facts, "cn")), of_china)
    fill(IranHouseholds(facts, people, random, iran, branches(facts, "ir")), persons - made - of_china)
    Treatment(facts, china_days).of_many(facts.rows["persons"][made:])
    return Demo(facts, stories, behind)


def fill(households: ChinaHouseholds | IranHouseholds, persons: int) -> None:
    """Households until there are at least that many persons."""
    while persons > 0:
        persons -= households.add()


def tell_stories(facts: Facts, people: People, iran: Days, china_days: Days) -> list[Story]:
    """The hand-written persons of both jurisdictions."""
    stage = Stage(facts, people, iran, "ir-national-code", "ir-b8-1", "ir-8")
    for chapter in (insured, dependants, parents):
        chapter.tell(stage)
    chinese = Stage(facts, people, china_days, "cn-resident-id", "cn-h360600", JIANGXI)
    china.tell(chinese)
    yingtan = Stage(facts, people, china_days, "cn-resident-id", "cn-h360600", YINGTAN)
    proxies.tell(yingtan)
    waiting.tell(yingtan)
    return stage.stories + chinese.stories + yingtan.stories
