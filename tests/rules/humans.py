"""People of made-up households with all facts about them, as the oracle reads them."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Spell:
    kind: str
    starts: date
    ends: date | None = None


@dataclass
class Dependency:
    main: str
    relation: str
    starts: date
    ends: date | None = None


@dataclass
class Proof:
    kind: str
    valid_from: date
    valid_until: date | None = None
    source: str = "counter"


@dataclass
class Human:
    """A person with all facts about them."""

    name: str
    jurisdiction: str = "ir"
    sex: str = "male"
    born: date | None = None
    died: date | None = None
    spells: list[Spell] = field(default_factory=list)
    paid: set[tuple[str, int, int]] = field(default_factory=set)
    without_days: set[tuple[str, int, int]] = field(default_factory=set)  # reported, but not a day paid: never counts
    dependencies: list[Dependency] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    others: list[tuple[str, date, date | None]] = field(default_factory=list)
