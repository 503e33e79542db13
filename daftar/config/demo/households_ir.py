"""Made-up households of Iran: a main insured or pensioner, who lives on them, what has been paid and shown."""

from dataclasses import dataclass
from datetime import date
from random import Random

from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts, Row, Someone
from daftar.config.demo.people import People

KINDS = {
    "compulsory": 52,
    "self_employed": 14,
    "voluntary": 6,
    "pensioner": 15,
    "survivor": 5,
    "unemployment": 4,
    "resident": 4,
}
"""Kinds of main insured and how often each occurs, in percent; the shares are assumed."""

LATE = ((1, 82), (2, 6), (3, 4), (5, 4), (9, 4))
"""How many months ago the last paid month lies, and how often, in percent."""

DOUBLE = 0.02
ELSEWHERE = {"ir-health": 70, "ir-armed-forces": 20, "ir-relief": 10}
"""How often a main insured is covered by another basic insurer, and by which, in percent; assumed."""


@dataclass
class IranHouseholds:
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
        kind = random.choices(list(KINDS), weights=list(KINDS.values()))[0]
        elderly = kind in ("pensioner", "survivor")
        sex = "female" if random.random() < (0.6 if kind == "survivor" else 0.25) else "male"
        id_type = "ir-foreigner-number" if random.random() < 0.02 else "ir-national-code"
        main = self._person(id_type, sex, random.randint(55, 85) if elderly else random.randint(24, 58), office)
        self._insure(main, kind)
        self._cover_elsewhere(main)
        persons = 1
        if random.random() < (0.55 if elderly else 0.7) and kind != "survivor":
            persons += self._spouse(main, office)
            persons += self._children(main, office)
        if not elderly and random.random() < 0.06:
            persons += self._parent(main, office)
        return persons

    def _person(self, id_type: str, sex: str, age: int, office: Row, family_name: str = "") -> Someone:
        birth = self.days.born(age, self.random.randrange(365))
        death = self.days.ago(self.random.randrange(20, 700)) if age > 60 and self.random.random() < 0.02 else None
        someone = self.people.make(
            id_type, sex, birth, office=str(office["code"]), family_name=family_name, has_mobile=age >= 16, death=death
        )
        region = str(office["region"])
        return self.facts.person(someone, insured_region=region, residence_region=region)

    def _insure(self, main: Someone, kind: str) -> None:
        days, random = self.days, self.random
        if kind == "unemployment":
            self.facts.affiliation(main, kind, days.month(-random.randint(1, 8)), days.month_end(random.randint(-1, 9)))
            return
        starts = days.month(-random.randint(3, 200))
        number = str(800_000 + self.people.serial) if kind in ("pensioner", "survivor") else None
        self.facts.affiliation(main, kind, starts, pensioner_number=number)
        if kind == "resident":
            last = days.year_end() if random.random() < 0.85 else days.year_end(-1)
            self.facts.paid(main, kind, max(starts, days.year_start(-1)), last, amount=60_000_000)
        elif kind not in ("pensioner", "survivor"):
            self._pay(main, kind, starts)

    def _cover_elsewhere(self, main: Someone) -> None:
        """A few are covered by another basic insurer, too; by the number, so that all else stays as it was drawn."""
        own = Random(main.id_number)
        if own.random() < DOUBLE:
            insurer = own.choices(list(ELSEWHERE), weights=list(ELSEWHERE.values()))[0]
            began = own.randint(2, 60)
            ends = self.days.month_end(-own.randint(0, began - 1)) if own.random() < 0.25 else None
            self.facts.other_cover(main, insurer, self.days.month(-began), ends)

    def _pay(self, main: Someone, kind: str, starts: date) -> None:
        """Two years for most, five for a few; some are late, a few have stopped."""
        late = self.random.choices([months for months, _ in LATE], weights=[share for _, share in LATE])[0]
        long = 60 if self.random.random() < 0.03 else 24
        first = max(starts, self.days.month(-long))
        self.facts.paid(main, kind, first, self.days.month(-late), amount=self.random.randint(15, 90) * 1_000_000)

    def _spouse(self, main: Someone, office: Row) -> int:
        sex = "male" if main.sex == "female" else "female"
        age = max(20, self.days.today.year - main.birth.year + self.random.randint(-6, 3))
        spouse = self._person(main.id_type, sex, age, office)
        self.facts.dependant(spouse, main, "spouse", self.days.month(-self.random.randint(6, 240)))
        if sex == "male" and self.random.random() < 0.6:
            self._show(spouse, "dependency")
        return 1

    def _children(self, main: Someone, office: Row) -> int:
        age_of_main = self.days.today.year - main.birth.year
        count = self.random.choices((0, 1, 2, 3, 4), weights=(15, 35, 33, 13, 4))[0]
        for _ in range(count):
            age = min(30, self.random.randint(0, max(1, age_of_main - 22)))
            sex = self.random.choice(("male", "female"))
            child = self._person(main.id_type, sex, age, office, main.family_name)
            self.facts.dependant(child, main, "son" if sex == "male" else "daughter", child.birth)
            self._prove_child(child, age)
        return count

    def _prove_child(self, child: Someone, age: int) -> None:
        if child.sex == "male" and age >= 19 and self.random.random() < 0.6:
            self._show(child, "study_certificate")
        if child.sex == "female" and age >= 15:
            for kind in ("birth_certificate_seen", "unmarried", "not_employed"):
                if self.random.random() < 0.9:
                    self._show(child, kind)
        if self.random.random() < 0.01:
            self._show(child, "disability")

    def _parent(self, main: Someone, office: Row) -> int:
        relation, sex = self.random.choice((("father", "male"), ("mother", "female")))
        age = self.days.today.year - main.birth.year + self.random.randint(20, 32)
        parent = self._person(main.id_type, sex, min(age, 95), office)
        self.facts.dependant(parent, main, relation, self.days.month(-self.random.randint(6, 100)))
        if self.random.random() < 0.85:
            self._show(parent, "dependency")
        return 1

    def _show(self, person: Someone, kind: str) -> None:
        """A paper of the last year and a half: some have run out."""
        seen = self.random.randint(1, 500)
        source = self.random.choice(("counter", "counter", "connector"))
        self.facts.evidence(person, kind, self.days.ago(seen), self.days.ago(seen - 365), source)
