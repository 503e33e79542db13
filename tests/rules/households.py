"""Random households, and their facts as the engine reads them. Seeded: the same number gives the same households."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pyarrow as pa

from daftar.rules.engine.arrow import facts_schema
from tests.rules.oracle import Dependency, Human, Proof, Spell

FIRST, LAST = date(2012, 1, 1), date(2027, 12, 31)
KINDS = ["compulsory"] * 5 + [
    "voluntary", "self_employed", "self_employed", "unemployment", "pensioner", "survivor", "resident", "resident"
]  # fmt: skip
RELATIONS = ["spouse", "spouse", "son", "son", "son", "daughter", "daughter", "daughter", "father", "mother"]
PROOFS = {
    "son": ["study_certificate", "study_certificate", "disability"],
    "daughter": ["birth_certificate_seen", "unmarried", "not_employed"],
    "spouse": ["dependency", "disability"],
    "father": ["dependency", "disability"],
    "mother": ["dependency", "disability"],
}
AGES = {"son": (14, 23), "daughter": (10, 20), "father": (54, 65), "mother": (50, 60), "spouse": (25, 65)}


def household(random: Random, name: str) -> list[Human]:
    """One or two main insured with up to four dependants, some of whom work, live on both, or die."""
    jurisdiction = random.choice(["ir", "ir", "cn"])
    mains = [_main(random, f"{name}m{n}", jurisdiction) for n in range(random.choice([1, 1, 1, 2]))]
    dependants = [_dependant(random, f"{name}d{n}", jurisdiction, mains) for n in range(random.randint(0, 4))]
    if len(mains) == 2 and random.random() < 0.5:
        mains[1].dependencies.append(Dependency(mains[0].name, "spouse", *_spell(random)))
    if random.random() < 0.02:
        mains[0].jurisdiction = "cn" if jurisdiction == "ir" else "ir"
    return mains + dependants


def _main(random: Random, name: str, jurisdiction: str) -> Human:
    human = _human(random, name, jurisdiction, (20, 70), death=0.12)
    for _ in range(random.choice([0, 1, 1, 1, 1, 2, 3])):
        _affiliate(random, human)
    if random.random() < 0.1:
        human.others.append(("ir-health", *_spell(random)))
    return human


def _dependant(random: Random, name: str, jurisdiction: str, mains: list[Human]) -> Human:
    relation = random.choice(RELATIONS)
    human = _human(random, name, jurisdiction, AGES[relation], death=0.05)
    if relation in ("son", "father"):
        human.sex = "male"
    elif relation != "spouse":
        human.sex = "female"
    for main in random.sample(mains, random.randint(1, len(mains))):
        for starts, ends in {_spell(random) for _ in range(random.choice([1, 1, 1, 2]))}:
            human.dependencies.append(Dependency(main.name, relation, starts, ends))
    if random.random() < 0.6:
        _prove(random, human, relation)
    if random.random() < 0.15:
        _affiliate(random, human)
    return human


def _human(random: Random, name: str, jurisdiction: str, ages: tuple[int, int], *, death: float) -> Human:
    born = date(2020, 6, 1) - timedelta(days=random.randint(ages[0] * 365, ages[1] * 366))
    born = date(2004, 2, 29) if random.random() < 0.02 else born
    died = _day(random) if random.random() < death else None
    sex = random.choice(["male", "female", "male", "female", ""])
    return Human(name, jurisdiction, sex, None if random.random() < 0.03 else born, died)


def _affiliate(random: Random, human: Human) -> None:
    kind = random.choice(KINDS)
    spell = Spell(kind, *_spell(random))
    human.spells.append(spell)
    if spell.ends is not None and random.random() < 0.3:  # another employer: the next day, sooner or a little later
        starts = spell.ends + timedelta(days=random.choice([1, 1, 1, -20, 2, 12]))
        human.spells.append(Spell(kind, starts, random.choice([None, starts + timedelta(days=random.randint(0, 400))])))
    if random.random() < 0.85:
        _pay(random, human, spell)


def _pay(random: Random, human: Human, spell: Spell) -> None:
    """Months in and around a spell: whole years, with gaps, or a few."""
    first = spell.starts.year * 12 + spell.starts.month - 1 + random.choice([0, 0, 0, -2, 3])
    months = random.choice([1, 3, 12, 12, 24, 60])
    share = random.choice([1.0, 1.0, 0.9, 0.5, 0.2])
    for month in range(first, first + months):
        if random.random() < share:
            human.paid.add((spell.kind, month // 12, month % 12 + 1))
        elif random.random() < 0.3:
            human.without_days.add((spell.kind, month // 12, month % 12 + 1))


def _prove(random: Random, human: Human, relation: str) -> None:
    kinds = PROOFS[relation]
    if random.random() < 0.6:
        chosen = [*kinds, *random.sample(kinds, 1)]
    else:
        chosen = random.choices(kinds, k=random.randint(1, 4))
    anchor = _day(random)
    for kind in chosen:
        starts = anchor + timedelta(days=random.randint(-200, 200)) if random.random() < 0.7 else _day(random)
        ends = starts + timedelta(days=random.randint(-1, 900)) if random.random() < 0.4 else None
        proof = Proof(kind, starts, ends, random.choice(["counter", "counter", "connector", "feed", ""]))
        if all((p.kind, p.valid_from) != (kind, starts) for p in human.proofs):
            human.proofs.append(proof)


def _spell(random: Random) -> tuple[date, date | None]:
    starts = _day(random)
    if random.random() < 0.4:
        return starts, None
    return starts, min(starts + timedelta(days=int(random.expovariate(1 / 900))), LAST)


def _day(random: Random) -> date:
    return FIRST + timedelta(days=random.randint(0, (LAST - FIRST).days))


def facts(people: Iterable[Human]) -> dict[str, pa.Table]:
    """Fact tables of all these people."""
    people = list(people)
    rows = {
        "persons": [(p.name, p.jurisdiction, p.sex, p.born, p.died) for p in people],
        "affiliations": [(p.name, s.kind, s.starts, s.ends) for p in people for s in p.spells],
        "contributions": [
            (p.name, kind, date(y, m, 1), 30 if (kind, y, m) in p.paid else 0)
            for p in people
            for kind, y, m in sorted(p.paid | p.without_days)
        ],
        "dependencies": [(p.name, d.main, d.relation, d.starts, d.ends) for p in people for d in p.dependencies],
        "evidence": [(p.name, e.kind, e.valid_from, e.valid_until, e.source) for p in people for e in p.proofs],
        "other_cover": [(p.name, *other) for p in people for other in p.others],
    }
    return {name: _table(name, found) for name, found in rows.items()}


def _table(name: str, rows: list[tuple]) -> pa.Table:
    schema = facts_schema(name, pa.string())
    if not rows:
        return schema.empty_table()
    columns = zip(schema, zip(*rows, strict=True), strict=True)
    return pa.table([pa.array(cells, f.type) for f, cells in columns], schema=schema)
