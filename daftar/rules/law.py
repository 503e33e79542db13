"""The parameters as small tables of windows of time, ready to be joined with facts. Plain Python: no Ibis, no Arrow.

Days are whole numbers since 1970-01-01, months are year · 12 + month - 1. The windows of one table and subject part all
time between them, so that each day lies in exactly one; equal neighbours are one window.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, partial
from itertools import groupby
from typing import TypeVar

from daftar.rules.parameters import LawSet, Parameter, law_set
from daftar.rules.service_parameters import OF_SERVICES
from daftar.rules.states import FAR, LONG_AGO, basis_id, in_force_code, reason_id
from daftar.rules.units import Unit
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Basis, EvidenceKind, Kind, Reason, Relation

ENGINE = "3"
"""Counts up when the expressions change what they compute."""

V = TypeVar("V")
Row = tuple[object, ...]
Rows = list[Row]

PAID_KINDS = (Kind.COMPULSORY, Kind.VOLUNTARY, Kind.SELF_EMPLOYED, Kind.RESIDENT)
"""Kinds whose cover comes from what was paid; of the others the spell itself covers."""

BLOCK_YEARS, BLOCK_MONTHS = 4, 48
"""Contributions lie in masks of four calendar years; the bits above hold the grace that runs over."""

BLOCKS = range(1900 // BLOCK_YEARS, 2200 // BLOCK_YEARS)
MASK_GRACE = 7
"""Months of grace that a mask can hold behind its 48 bits; what is more lengthens the runs afterwards."""

SLOT_KINDS = 8
"""A slot is a block of a kind: block · 8 + number of the kind's basis."""

EVIDENCE_BIT = {kind: 1 << place for place, kind in enumerate(EvidenceKind)}
HUSBAND = "husband"
YOUNG = (Relation.SON, Relation.DAUGHTER)
ROLES = ("spouse", HUSBAND, "son", "daughter", "father", "mother")
"""What a dependant is by relation and sex: a husband has conditions of his own (domain-facts 2.7). Tables hold the
place in this list."""

AGE = {role: f"age/{role}" for role in ROLES if role != "spouse"}
INSTEAD = {  # evidence of which any one stands in for the age condition
    "son": (EvidenceKind.STUDY_CERTIFICATE, EvidenceKind.DISABILITY),
    HUSBAND: (EvidenceKind.DISABILITY,),
    "father": (EvidenceKind.DISABILITY,),
    "mother": (EvidenceKind.DISABILITY,),
}
NEEDED = {  # evidence that must all be there, where its parameter says so
    "daughter": (EvidenceKind.BIRTH_CERTIFICATE_SEEN, EvidenceKind.UNMARRIED, EvidenceKind.NOT_EMPLOYED),
    HUSBAND: (EvidenceKind.DEPENDENCY,),
    "father": (EvidenceKind.DEPENDENCY,),
    "mother": (EvidenceKind.DEPENDENCY,),
}

REQUIRED = {
    **dict.fromkeys(AGE.values(), Unit.FULL_YEARS),
    **dict.fromkeys((f"grace/{kind}" for kind in PAID_KINDS), Unit.MONTHS),
    **dict.fromkeys((f"after_spell/{kind}" for kind in Kind), Unit.MONTHS),
    **dict.fromkeys((f"evidence/{kind}" for kind in EvidenceKind), Unit.MONTHS),
    **dict.fromkeys((f"connector/{kind}" for kind in EvidenceKind), Unit.TRUE_OR_FALSE),
    **{f"needed/{role}_{kind}": Unit.TRUE_OR_FALSE for role, kinds in NEEDED.items() for kind in kinds},
    "provisional/paper_counts": Unit.TRUE_OR_FALSE,
    "survivor/months_after_death": Unit.MONTHS,
    "resident/months_for_year": Unit.MONTHS,
    "resident/enrolment_counts_as_paid": Unit.TRUE_OR_FALSE,
    "coordination/order": Unit.INSURERS,
    "hiding/months": Unit.MONTHS,
}
"""Every parameter that a law set must have, with its unit; the version of the law is made of these."""


def law_tables() -> dict[str, tuple[tuple[str, ...], Rows]]:
    """All tables of the law: column names and rows, for every jurisdiction, by its place in `jurisdictions()`."""
    makers: dict[str, tuple[tuple[str, ...], Callable[[str, LawSet], Iterator[Row]]]] = {
        "law_insurer": (("jurisdiction", "insurer", "rule_version"), _insurers),
        "law_kind": (("jurisdiction", "basis", "law_from", "law_until", "in_force"), _kinds),
        "law_spell": (("jurisdiction", "basis", "paid", *SPELL_COLUMNS), _spells),
        "law_month": (("jurisdiction", "slot", *MONTH_COLUMNS), _months),
        "law_enrolment": (("jurisdiction", "law_from", "law_until"), _enrolment),
        "law_role": (("jurisdiction", "role", "law_from", "law_until", *ROLE_COLUMNS), _roles),
        "law_term": (("jurisdiction", "kind", "law_from", "law_until", "term"), _terms),
        "law_paper": (("jurisdiction", "kind", "law_from", "law_until"), _paper),
        "law_survivor": (("jurisdiction", "law_from", "law_until", "in_force", "months"), _survivor),
    }
    tables = {
        name: (columns, [(place, *row) for place, (code, law) in enumerate(_laws()) for row in make(code, law)])
        for name, (columns, make) in makers.items()
    }
    return {**tables, "law_reason": (KIND_REASONS, kind_reasons())}


KIND_REASONS = ("basis", "reason_in", "reason_lapsed", "reason_unpaid", "code_lapsed", "code_unpaid")
DAYS = ("grace_from", "grace_until")
SHIFTS = ("shift1", "shift2", "shift3")
MONTH_COLUMNS = ("window", *SHIFTS, "extra", "needed", "alone", *DAYS)
SPELL_COLUMNS = ("first_from", "first_until", "in_force", "last_from", "last_until", "after")
ROLE_COLUMNS = ("in_force", "age", "basis", "young", "instead", "needs")


def _laws() -> Iterator[tuple[str, LawSet]]:
    for code, jurisdiction in jurisdictions().items():
        yield code, law_set(jurisdiction.law_set)


@cache
def version(jurisdiction: str) -> str:
    """Version of the law of a jurisdiction: law set, engine, digest of its parameters; at most 32 characters.

    Those of services are left out: a new rule about filings must not replace the spans of a nation.
    """
    code = jurisdictions()[jurisdiction].law_set
    found = sorted(law_set(code).items())
    text = repr([(name, parameter.values) for name, parameter in found if name not in OF_SERVICES])
    return f"{code}.{ENGINE}.{hashlib.blake2b(text.encode(), digest_size=6).hexdigest()}"


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def windows(parameters: Iterable[Parameter], value_on: Callable[[date], V]) -> Iterator[tuple[int, int, V]]:
    """(first day, last day, value): all time, cut where a parameter changes and the value with it."""
    changes = sorted({date.min, *(dated.since for parameter in parameters for dated in parameter.values)})
    pieces = [(value, day_number(day)) for day in changes for value in (value_on(day),)]
    runs = [(value, next(group)[1]) for value, group in groupby(pieces, key=lambda piece: piece[0])]
    for place, (value, starts) in enumerate(runs):
        ends = runs[place + 1][1] - 1 if place + 1 < len(runs) else FAR
        yield max(starts, LONG_AGO), ends, value


def _insurers(code: str, law: LawSet) -> Iterator[Row]:
    yield jurisdictions()[code].insurer, version(code)


def _kinds(code: str, law: LawSet) -> Iterator[Row]:
    for kind in Kind:
        used = [law[name] for name in _used_by_kind(kind)]
        for starts, ends, in_force in windows(used, partial(_all_known, used)):
            yield basis_id(Basis(kind.value)), starts, ends, in_force


def _used_by_kind(kind: Kind) -> tuple[str, ...]:
    if kind is Kind.RESIDENT:
        return f"after_spell/{kind}", f"grace/{kind}", "resident/months_for_year", "resident/enrolment_counts_as_paid"
    return (f"after_spell/{kind}", f"grace/{kind}") if kind in PAID_KINDS else (f"after_spell/{kind}",)


def _all_known(used: Iterable[Parameter], day: date) -> bool:
    return all(parameter.at(day) is not None for parameter in used)


def kind_reasons() -> Rows:
    """For each kind: basis, reasons (covered, lapsed, not yet paid) and the codes of the last two."""
    rows: Rows = []
    for kind in Kind:
        covered, lapsed, unpaid = _reasons(kind)
        codes = (in_force_code(lapsed), in_force_code(unpaid))
        rows.append((basis_id(Basis(kind.value)), *(reason_id(r) for r in (covered, lapsed, unpaid)), *codes))
    return rows


def _reasons(kind: Kind) -> tuple[Reason, Reason, Reason]:
    if kind is Kind.RESIDENT:
        return Reason.YEAR_PAID, Reason.YEAR_UNPAID, Reason.YEAR_UNPAID
    if kind in PAID_KINDS:
        return Reason.CONTRIBUTION_PAID, Reason.CONTRIBUTION_LAPSED, Reason.NO_CONTRIBUTION
    return Reason.SPELL_IN_FORCE, Reason.NO_RULE_FOR_DAY, Reason.NO_RULE_FOR_DAY


def _spells(code: str, law: LawSet) -> Iterator[Row]:
    """By the law of a spell's first day and of its last: whether the kind is in force, and how long it is outlasted."""
    for kind in Kind:
        used = [law[name] for name in _used_by_kind(kind)]
        parameter = law[f"after_spell/{kind}"]
        afters = list(windows([parameter], partial(_months_after, parameter)))
        for starts, ends, in_force in windows(used, partial(_all_known, used)):
            for after in afters:
                yield basis_id(Basis(kind.value)), kind in PAID_KINDS, starts, ends, in_force, *after


def _months_after(parameter: Parameter, day: date) -> int:
    return parameter.number(day) or 0


def _months(code: str, law: LawSet) -> Iterator[Row]:
    """For each block of four years the paid months (as bits) that share the months needed for a year, once for each
    grace of days that they may reach (ADR 0009). `alone`: one row is all that the law knows of the block, and a mask
    can hold its grace."""
    for kind in PAID_KINDS:
        grace_on = law[f"grace/{kind}"]
        graces = [(first, last, grace) for first, last, grace in windows([grace_on], grace_on.number)]
        for block in BLOCKS:
            first_day = day_number(date(block * BLOCK_YEARS, 1, 1))
            masks = _needed(law, kind, block)
            reached = [(f, t, g) for f, t, g in graces if g is not None and f <= _reach(block, g) and t >= first_day]
            for starts, ends, grace in reached:
                slot = block * SLOT_KINDS + basis_id(Basis(kind.value))
                extra, whole = max(grace - MASK_GRACE, 0), starts <= first_day and ends >= _reach(block, grace)
                for needed, mask in masks.items():
                    alone = whole and len(reached) == len(masks) == 1 and not extra
                    yield slot, mask, *_shifts(min(grace, MASK_GRACE)), extra, needed, alone, starts, ends


def _shifts(grace: int) -> tuple[int, ...]:
    """Shifts that spread a bit over the months of grace, each with all that the ones before it have set."""
    width, found = 1, []
    for _ in SHIFTS:
        found.append(min(width, grace + 1 - width))
        width += found[-1]
    return tuple(found)


def _reach(block: int, grace: int) -> int:
    """Last day to which grace may carry a month of the block."""
    month = (block + 1) * BLOCK_MONTHS + grace
    return day_number(date(month // 12, month % 12 + 1, 1)) - 1


def _needed(law: LawSet, kind: Kind, block: int) -> dict[int, int]:
    """Bits of the block's months by the months needed for a paid year, by the law of the year's first day; else 0."""
    if kind is not Kind.RESIDENT:
        return {0: (1 << BLOCK_MONTHS) - 1}
    masks: dict[int, int] = {}
    for place in range(BLOCK_YEARS):
        needed = law["resident/months_for_year"].number(date(block * BLOCK_YEARS + place, 1, 1))
        if needed is not None:
            needed = max(needed, 1)  # 0 stands for kinds without years; no year is paid without a month
            masks[needed] = masks.get(needed, 0) | ((1 << 12) - 1) << 12 * place
    return masks


def _enrolment(code: str, law: LawSet) -> Iterator[Row]:
    parameter = law["resident/enrolment_counts_as_paid"]
    for starts, ends, value in windows([parameter], parameter.at):
        if value:
            yield starts, ends


def _roles(code: str, law: LawSet) -> Iterator[Row]:
    for place, role in enumerate(ROLES):
        used = [law[name] for name in _used_by_role(role)]
        basis = basis_id(Basis("spouse" if role == HUSBAND else role))
        instead = sum(EVIDENCE_BIT[kind] for kind in INSTEAD.get(role, ()))
        for starts, ends, values in windows(used, partial(_role_on, law, role, used)):
            in_force, age, needs = values
            yield place, starts, ends, in_force, age, basis, role in YOUNG, instead, needs


def _used_by_role(role: str) -> tuple[str, ...]:
    kinds = (*INSTEAD.get(role, ()), *NEEDED.get(role, ()))
    evidence = [f"{topic}/{kind}" for topic in ("evidence", "connector") for kind in kinds]
    needed = [f"needed/{role}_{kind}" for kind in NEEDED.get(role, ())]
    paper = ["provisional/paper_counts"] if kinds else []
    return *([AGE[role]] if role in AGE else []), *evidence, *needed, *paper


def _role_on(law: LawSet, role: str, used: Iterable[Parameter], day: date) -> tuple[bool, int, int]:
    if not _all_known(used, day):
        return False, 0, 0
    age = law[AGE[role]].number(day) or 0 if role in AGE else 0
    needs = sum(EVIDENCE_BIT[kind] for kind in NEEDED.get(role, ()) if law[f"needed/{role}_{kind}"].at(day))
    return True, age, needs


def _terms(code: str, law: LawSet) -> Iterator[Row]:
    for kind in EvidenceKind:
        parameter = law[f"evidence/{kind}"]
        for starts, ends, value in windows([parameter], parameter.number):
            if value is not None:
                yield kind.value, starts, ends, value


def _paper(code: str, law: LawSet) -> Iterator[Row]:
    """Windows in which paper counts: the provisional path is on and the connector of its kind is not (S2.13)."""
    path = law["provisional/paper_counts"]
    for kind in EvidenceKind:
        connector = law[f"connector/{kind}"]
        counts = windows([path, connector], partial(_paper_counts, path, connector))
        yield from ((kind.value, starts, ends) for starts, ends, value in counts if value)


def _paper_counts(path: Parameter, connector: Parameter, day: date) -> bool:
    return bool(path.at(day)) and not connector.at(day)


def _survivor(code: str, law: LawSet) -> Iterator[Row]:
    parameter = law["survivor/months_after_death"]
    for starts, ends, value in windows([parameter], parameter.number):
        if value != 0:
            yield starts, ends, value is not None, value or 0
