"""The law once more: slow, plain Python, one person and one day at a time, written from contracts §1.

Shares nothing with the engine: it reads the parameter files its own way and knows nothing of masks, codes or windows.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

from tests.rules.humans import Dependency, Human, Proof, Spell

FOLDER = Path(__file__).parents[2] / "daftar" / "rules" / "parameters"
ONE_DAY = timedelta(days=1)
CARRIED = {"cover", "survivor"}
PAYING = {"compulsory", "voluntary", "self_employed"}


class NoRule(Exception):
    """The law has no value for the day."""


@cache
def _history(folder: Path, law: str, name: str) -> tuple[tuple[date, object], ...]:
    content = yaml.safe_load((folder / law / f"{name}.yaml").read_text(encoding="utf-8"))
    entries = ((since, v["value"] if isinstance(v, dict) else v) for since, v in content["values"].items())
    return tuple(sorted(entries, reverse=True, key=lambda entry: entry[0]))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(year: int, month: int, later: int = 0) -> date:
    """Last day of a month some months later."""
    return add_months(date(year, month, 1), later + 1) - ONE_DAY


def aged(born: date, years: int, day: date) -> bool:
    """Whether so many full years have passed: the ordinary formula, by which 29 February counts from 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) >= years


@dataclass
class Oracle:
    """Answers for a set of people who may depend on each other."""

    people: dict[str, Human]
    folder: Path = FOLDER

    def law(self, law: str, name: str, day: date):
        """Value of a parameter on a day; NoRule when there is none."""
        for since, value in _history(self.folder, law, name):
            if since <= day:
                if value is None:
                    raise NoRule
                return value
        raise NoRule

    def known(self, law: str, day: date, *names: str) -> bool:
        """Whether all these parameters have a value on the day."""
        try:
            for name in names:
                self.law(law, name, day)
        except NoRule:
            return False
        return True

    def ask(self, name: str, day: date) -> tuple[str, set[tuple[str, str]]]:
        """Status of a day and all pairs of basis and reason that are right answers."""
        human = self.people[name]
        if human.died and day > human.died:
            return "not_covered", {("none", "deceased")}
        right = self.own(human, day) | self.through_others(human, day)
        if right:
            return "covered", right
        return "not_covered", {("none", self.why_not(human, day))}

    # -- own cover

    def own(self, human: Human, day: date) -> set[tuple[str, str]]:
        return {found for spell in self.spells(human) if (found := self.by_spell(human, spell, day))}

    @staticmethod
    def spells(human: Human) -> list[Spell]:
        """Spells with overlapping and adjoining ones of a kind as one: it does not matter who the employer was."""
        whole: list[Spell] = []
        for spell in sorted(human.spells, key=lambda s: (s.kind, s.starts)):
            last = whole[-1] if whole and whole[-1].kind == spell.kind else None
            if spell.ends is not None and spell.ends < spell.starts:
                continue
            if last is None or (last.ends is not None and spell.starts > last.ends + ONE_DAY):
                whole.append(Spell(spell.kind, spell.starts, spell.ends))
            elif last.ends is not None:
                last.ends = None if spell.ends is None else max(last.ends, spell.ends)
        return whole

    def by_spell(self, human: Human, spell: Spell, day: date) -> tuple[str, str] | None:
        if not self.has_rule(human, spell.kind, day) or not spell.starts <= day <= self.outlasts(human, spell):
            return None
        if spell.kind in PAYING:
            return (spell.kind, "contribution_paid") if self.paid_up(human, spell, day) else None
        if spell.kind == "resident":
            return ("resident", "year_paid") if self.year_paid(human, spell, day) else None
        return spell.kind, "spell_in_force"

    def has_rule(self, human: Human, kind: str, day: date) -> bool:
        names = [f"after_spell/{kind}"]
        if kind in PAYING or kind == "resident":
            names.append(f"grace/{kind}")
        if kind == "resident":
            names += ["resident/months_for_year", "resident/enrolment_counts_as_paid"]
        return self.known(human.jurisdiction, day, *names)

    def outlasts(self, human: Human, spell: Spell) -> date:
        if spell.ends is None:
            return date.max
        try:
            months = self.law(human.jurisdiction, f"after_spell/{spell.kind}", spell.ends)
        except NoRule:
            months = 0
        return month_end(spell.ends.year, spell.ends.month, months) if months else spell.ends

    @staticmethod
    def in_time(spell: Spell, year: int, month: int) -> bool:
        """A month after the spell's last one pays for nothing in it; an earlier one may reach into it by its grace."""
        last = spell.ends or date.max
        return (year, month) <= (last.year, last.month)

    def paid_up(self, human: Human, spell: Spell, day: date) -> bool:
        """Whether a paid month or its grace holds the day; how long grace is, the law of the day says."""
        try:
            grace = self.law(human.jurisdiction, f"grace/{spell.kind}", day)
        except NoRule:
            return False
        return any(
            kind == spell.kind
            and self.in_time(spell, year, month)
            and date(year, month, 1) <= day <= month_end(year, month, grace)
            for kind, year, month in human.paid
        )

    def paid_years(self, human: Human) -> set[int]:
        months: dict[int, int] = {}
        for kind, year, _ in human.paid:
            if kind == "resident":
                months[year] = months.get(year, 0) + 1
        years = set()
        for year, count in months.items():
            try:
                if count >= self.law(human.jurisdiction, "resident/months_for_year", date(year, 1, 1)):
                    years.add(year)
            except NoRule:
                pass
        for spell in human.spells:
            try:
                counts = self.law(human.jurisdiction, "resident/enrolment_counts_as_paid", spell.starts)
            except NoRule:
                counts = False
            if (
                spell.kind == "resident"
                and counts
                and self.known(human.jurisdiction, date(spell.starts.year, 1, 1), "resident/months_for_year")
            ):
                years.add(spell.starts.year)
        return years

    def year_paid(self, human: Human, spell: Spell, day: date) -> bool:
        grace = self.law(human.jurisdiction, "grace/resident", day)
        for year in self.paid_years(human):
            for month in range(1, 13):
                if self.in_time(spell, year, month) and date(year, month, 1) <= day <= month_end(year, month, grace):
                    return True
        return False

    # -- cover through a main insured

    def through_others(self, human: Human, day: date) -> set[tuple[str, str]]:
        right = set()
        for dependency in human.dependencies:
            if self.lasts(dependency, day) and (carried := self.carries(human, dependency.main, day)) in CARRIED:
                verdict, reason = self.verdict(human, dependency, day)
                if verdict:
                    right.add((dependency.relation, "survivor_term" if carried == "survivor" else reason))
        return right

    @staticmethod
    def lasts(dependency: Dependency, day: date) -> bool:
        return dependency.starts <= day and (dependency.ends is None or day <= dependency.ends)

    def carries(self, human: Human, main_name: str, day: date) -> str:
        """How the main insured's own cover carries a dependant on the day: cover, survivor, no_rule or empty."""
        main = self.people.get(main_name)
        if main is None or main.jurisdiction != human.jurisdiction:
            return ""
        if main.died is None or day <= main.died:
            return "cover" if self.own(main, day) else ""
        if not self.own(main, main.died):
            return ""
        try:
            months = self.law(main.jurisdiction, "survivor/months_after_death", main.died)
        except NoRule:
            return "no_rule"
        return "survivor" if day <= add_months(main.died, months) else ""

    def verdict(self, human: Human, dependency: Dependency, day: date) -> tuple[bool, str]:
        role = "husband" if dependency.relation == "spouse" and self.is_man(human, dependency) else dependency.relation
        try:
            return getattr(self, f"as_{role}")(human, day)
        except NoRule:
            return False, "no_rule_for_day"

    def is_man(self, spouse: Human, dependency: Dependency) -> bool:
        """A spouse whose sex is not known has the other one than the main insured."""
        main = self.people.get(dependency.main)
        return spouse.sex == "male" or (not spouse.sex and main is not None and main.sex == "female")

    def as_spouse(self, human: Human, day: date) -> tuple[bool, str]:
        return True, "dependant_in_force"

    def as_son(self, human: Human, day: date) -> tuple[bool, str]:
        proofs = self.proofs(human, day, "study_certificate", "disability")
        if self.younger(human, "age/son", day):
            return True, "dependant_in_force"
        return self.any_of(proofs) or (False, "study_certificate_missing")

    def as_daughter(self, human: Human, day: date) -> tuple[bool, str]:
        kinds = ("birth_certificate_seen", "unmarried", "not_employed")
        proofs = self.proofs(human, day, *kinds)
        needed = [kind for kind in kinds if self.law(human.jurisdiction, f"needed/daughter_{kind}", day)]
        if self.younger(human, "age/daughter", day):
            return True, "dependant_in_force"
        return self.all_of(proofs, needed)

    def as_husband(self, human: Human, day: date) -> tuple[bool, str]:
        return self.as_elder(human, day, "husband")

    def as_father(self, human: Human, day: date) -> tuple[bool, str]:
        return self.as_parent(human, day, "father")

    def as_mother(self, human: Human, day: date) -> tuple[bool, str]:
        return self.as_parent(human, day, "mother")

    def as_parent(self, human: Human, day: date, role: str) -> tuple[bool, str]:
        found = self.as_elder(human, day, role)
        pension = any(s.kind == "pensioner" and s.starts <= day <= (s.ends or date.max) for s in human.spells)
        return (False, "own_pension") if pension else found

    def as_elder(self, human: Human, day: date, role: str) -> tuple[bool, str]:
        proofs = self.proofs(human, day, "disability", "dependency")
        years = self.law(human.jurisdiction, f"age/{role}", day)
        needs = self.law(human.jurisdiction, f"needed/{role}_dependency", day)
        old = human.born is not None and aged(human.born, years, day)
        stands_in = (True, "dependant_in_force") if old else self.any_of({"disability": proofs["disability"]})
        if not stands_in:
            return False, "age_condition_not_met"
        supported = self.all_of(proofs, ["dependency"] if needs else [])
        if not supported[0]:
            return supported
        return True, "provisional_evidence" if "provisional_evidence" in (stands_in[1], supported[1]) else supported[1]

    def younger(self, human: Human, parameter: str, day: date) -> bool:
        years = self.law(human.jurisdiction, parameter, day)
        return human.born is not None and not aged(human.born, years, day)

    @staticmethod
    def any_of(proofs: dict[str, str]) -> tuple[bool, str] | None:
        if "sure" in proofs.values():
            return True, "dependant_in_force"
        return (True, "provisional_evidence") if "paper" in proofs.values() else None

    @staticmethod
    def all_of(proofs: dict[str, str], needed: list[str]) -> tuple[bool, str]:
        missing = {
            "birth_certificate_seen": "birth_certificate_check_missing",
            "unmarried": "unmarried_evidence_missing",
            "not_employed": "not_employed_evidence_missing",
            "dependency": "dependency_evidence_missing",
        }
        for kind in needed:
            if not proofs[kind]:
                return False, missing[kind]
        paper = any(proofs[kind] == "paper" for kind in needed)
        return True, "provisional_evidence" if paper else "dependant_in_force"

    def proofs(self, human: Human, day: date, *kinds: str) -> dict[str, str]:
        """For each kind what proves it on the day: sure (connector), paper, or nothing."""
        path = self.law(human.jurisdiction, "provisional/paper_counts", day)
        found = {}
        for kind in kinds:
            self.law(human.jurisdiction, f"evidence/{kind}", day)
            connected = self.law(human.jurisdiction, f"connector/{kind}", day)
            sources = {p.source for p in human.proofs if p.kind == kind and self.proves(human, p, day)}
            paper = path and not connected and sources - {"connector"}
            found[kind] = "sure" if "connector" in sources else "paper" if paper else ""
        return found

    def proves(self, human: Human, proof: Proof, day: date) -> bool:
        stated = proof.valid_until
        if stated is not None and proof.kind != "birth_certificate_seen":
            return proof.valid_from <= day <= stated
        try:
            term = self.law(human.jurisdiction, f"evidence/{proof.kind}", day)
        except NoRule:
            return False
        last = add_months(proof.valid_from, term) - ONE_DAY if term else date.max
        return proof.valid_from <= day <= min(last, stated or date.max)

    # -- why not

    def why_not(self, human: Human, day: date) -> str:
        order = [
            "no_rule_for_day", "contribution_lapsed", "no_contribution", "year_unpaid", "study_certificate_missing",
            "birth_certificate_check_missing", "unmarried_evidence_missing", "not_employed_evidence_missing",
            "dependency_evidence_missing", "age_condition_not_met", "own_pension", "main_insured_not_covered",
            "main_insured_deceased",
        ]  # fmt: skip
        spells = self.spells(human)
        live = [self.why_not_spell(human, s, day) for s in spells if s.starts <= day <= (s.ends or date.max)]
        live += [self.why_not_dependency(human, d, day) for d in human.dependencies if self.lasts(d, day)]
        if live:
            return min(live, key=order.index)
        ended = [(s.ends, 1, "affiliation_ended") for s in spells if s.ends and s.ends < day]
        ended += [(d.ends, 0, "dependency_ended") for d in human.dependencies if d.ends and d.ends < day]
        return max(ended)[2] if ended else "no_affiliation"

    def why_not_spell(self, human: Human, spell: Spell, day: date) -> str:
        if not self.has_rule(human, spell.kind, day):
            return "no_rule_for_day"
        if spell.kind == "resident":
            return "year_unpaid"
        turns = {spell.starts, *(date(y, m, 1) for kind, y, m in human.paid if kind == spell.kind)}
        turns |= {since for since, _ in _history(self.folder, human.jurisdiction, f"grace/{spell.kind}")}
        paid = any(self.paid_up(human, spell, turn) for turn in turns if spell.starts <= turn <= day)
        return "contribution_lapsed" if paid else "no_contribution"

    def why_not_dependency(self, human: Human, dependency: Dependency, day: date) -> str:
        carried = self.carries(human, dependency.main, day)
        if carried == "no_rule":
            return "no_rule_for_day"
        if carried:
            return self.verdict(human, dependency, day)[1]
        main = self.people.get(dependency.main)
        return "main_insured_deceased" if main and main.died and day > main.died else "main_insured_not_covered"
