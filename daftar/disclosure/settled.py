"""Which settlements stand, and how refunds and corrections belong to them (contracts §2): the one definition of it.

The list of expenses shows these lines (S4.23), and the quiz before it asks about the stays in them (S4.18): both go by
`shown`. A refund takes nothing away: what it refunds stays beside it, whether the refund came as a settlement of its
own that names the other, or as a later version of the same. A correction takes the place of what it corrects, be it an
earlier version or a settlement that it names; of several the newest counts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Generic, Protocol, Self, TypeVar

REFUND, CORRECTION = "refund", "correction"


class Version(Protocol):
    """One version of a settlement, as far as it is looked at here."""

    @property
    def settlement_id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def refers_to(self) -> str: ...
    @property
    def direct(self) -> bool: ...
    @property
    def settled_at(self) -> datetime | None: ...
    @property
    def recorded_at(self) -> datetime: ...


Row = TypeVar("Row", bound=Version)


@dataclass(slots=True, eq=False)
class Line(Generic[Row]):
    """A settlement as it stands: its row, the versions before it (the newest first), and the refunds around it."""

    row: Row
    earlier: tuple[Row, ...] = ()
    refunds: Self | None = None  # what this line refunds
    refunded_by: list[Self] = field(default_factory=list)


L = TypeVar("L", bound=Line)  # type: ignore[type-arg]
"""A line of a caller's own."""


def shown(rows: Iterable[Version], line: Callable[[Any], L]) -> list[L]:
    """Every direct settlement and what refunds it, each made a line by `line`."""
    return [each for each in standing(rows, line) if each.row.direct or (each.refunds and each.refunds.row.direct)]


def standing(rows: Iterable[Version], line: Callable[[Any], L]) -> list[L]:
    """Every settlement as it stands, direct or not, and what refunds it.

    `rows` are the versions that are a person's own and not withdrawn, in the order of number and version.
    """
    return _linked(list(_lines(rows, line)))


def stays_among(lines: list[L]) -> list[L]:
    """The lines that tell of a stay: all but refunds of others in the list, so that no list has lines and no stay."""
    listed = set(lines)
    return [each for each in lines if each.row.kind != REFUND or each.refunds not in listed]


def _lines(rows: Iterable[Version], line: Callable[[Any], L]) -> Iterator[L]:
    for _, versions in groupby(rows, key=lambda row: row.settlement_id):
        yield from _standing(list(versions), line)


def _standing(versions: list[Version], line: Callable[[Any], L]) -> list[L]:
    """The lines of one settlement: what stands, and before it what it refunds, when that is an earlier version."""
    top = versions[-1]
    charged = [row for row in versions if row.kind != REFUND]
    refunding = top.kind == REFUND and top.refers_to in ("", top.settlement_id) and charged
    if not refunding:
        return [_line(versions, line)]
    refund, settled = _line([row for row in versions if row.kind == REFUND], line), _line(charged, line)
    refund.refunds = settled
    return [settled, refund]


def _line(versions: list[Version], line: Callable[[Any], L]) -> L:
    *earlier, row = versions
    made = line(row)
    made.earlier = tuple(reversed(earlier))
    return made


def _linked(lines: list[L]) -> list[L]:
    """Put what a correction of another number replaces behind it, and tie refunds to what they refund."""
    by_number = {line.row.settlement_id: line for line in lines if line.row.kind != REFUND}
    replaced = _replace(lines, by_number)
    for line in lines:
        if line.row.kind == REFUND and line.refunds is None:
            line.refunds = by_number.get(line.row.refers_to)
        if line.refunds:
            line.refunds = by_number[line.refunds.row.settlement_id]
            line.refunds.refunded_by.append(line)
    return [line for line in lines if line not in replaced]


def _replace(lines: list[L], by_number: dict[str, L]) -> set[L]:
    """Corrections that name another settlement take its place, along whole chains; who was replaced.

    Of several that lead to one settlement the newest stands; the others go behind it.
    """
    newest_first = sorted((line for line in lines if line.row.kind == CORRECTION), key=_age, reverse=True)
    corrects = {line: by_number.get(line.row.refers_to) for line in newest_first}
    pointed_at = set(corrects.values())
    replaced: set[L] = set()
    for head in sorted(corrects, key=lambda line: line in pointed_at):  # the ends of chains first, circles last
        at: L | None = None if head in replaced else corrects[head]
        while at and at is not head and at not in replaced:
            replaced.add(at)
            head.earlier += (at.row, *at.earlier)
            by_number[at.row.settlement_id] = head
            at = corrects.get(at)
        newer = by_number[at.row.settlement_id] if at else head
        if newer is not head:
            replaced.add(head)
            newer.earlier = (head.row, *head.earlier, *newer.earlier)
            by_number.update({number: newer for number, line in by_number.items() if line is head})
    return replaced


def _age(line: L) -> tuple[float, float, str]:
    """Orders corrections of one settlement, the newest last; between equals the number decides."""
    settled, recorded = line.row.settled_at, line.row.recorded_at
    return settled.timestamp() if settled else 0.0, recorded.timestamp(), line.row.settlement_id
