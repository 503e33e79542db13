"""Made-up households of China: residents insured each for themself by the calendar year, workers, pensioners."""

from dataclasses import dataclass
from random import Random

from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts, Row, Someone
from daftar.config.demo.people import People

ADULT_KINDS = {"resident": 55, "compulsory": 45}
PAID_THIS_YEAR = 0.93


@dataclass
class ChinaHouseholds:
    """Makes one household after another into `facts`."""

    facts: Facts
    people: People
    random: Random
    days: Days
    offices: list[Row]

    def add(self) -> int:
        """One household; returns how many persons it has."""
        random = self.random
        office = random.choice(self.offices)
        age = random.randint(26, 60)
        family = self._person("male", age, office).family_name
        persons = 1
        if random.random() < 0.8:
            self._person("female", max(22, age + random.randint(-5, 3)), office)
            persons += 1
            for _ in range(random.choices((0, 1, 2), weights=(25, 50, 25))[0]):
                self._person(
                    random.choice(("male", "female")), random.randint(0, max(1, min(20, age - 24))), office, family
                )
                persons += 1
        if random.random() < 0.35:
            self._person(random.choice(("male", "female")), min(94, age + random.randint(22, 32)), office)
            persons += 1
        return persons

    def _person(self, sex: str, age: int, office: Row, family_name: str = "") -> Someone:
        birth = self.days.born(age, self.random.randrange(365))
        someone = self.people.make(
            "cn-resident-id",
            sex,
            birth,
            office=str(office["code"]),
            family_name=family_name,
            has_mobile=age >= 14,
        )
        region = str(office["region"])
        self.facts.person(someone, insured_region=region, residence_region=region, ethnicity="汉族")
        self._insure(someone, age)
        return someone

    def _insure(self, someone: Someone, age: int) -> None:
        kind = self.random.choices(list(ADULT_KINDS), weights=list(ADULT_KINDS.values()))[0]
        if age >= 60 and kind == "compulsory":
            self.facts.affiliation(someone, "pensioner", self.days.month(-self.random.randint(2, 120)))
        elif age >= 20 and kind == "compulsory":
            starts = self.days.month(-self.random.randint(3, 150))
            self.facts.affiliation(someone, kind, starts)
            first = max(starts, self.days.month(-24))
            self.facts.paid(someone, kind, first, self.days.month(-1), amount=self.random.randint(300, 900) * 100)
        else:
            self._enrol(someone, age)

    def _enrol(self, someone: Someone, age: int) -> None:
        starts = max(someone.birth, self.days.month(-self.random.randint(14, 150)))
        self.facts.affiliation(someone, "resident", starts, category="学生儿童" if age < 18 else "普通居民")
        last = self.days.year_end() if self.random.random() < PAID_THIS_YEAR else self.days.year_end(-1)
        first = max(starts, self.days.year_start())
        self.facts.paid(someone, "resident", first, last, amount=40_000)
