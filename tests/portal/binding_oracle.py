"""What becomes of the bindings of a few people, in plain words: no tables, nothing clever (S3.4-S3.11)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

Pair = tuple[str, str]
"""Who acts, and for whom."""

WEEK = timedelta(days=7)
OPEN = ""


@dataclass
class Bond:
    """One binding, from the ask or the moment that bound."""

    pair: Pair
    way: str
    asked: datetime
    bound: bool
    ended: str = OPEN


@dataclass
class Oracle:
    """Everybody at a moment. `sixteen` is when the child's 16th birthday begins; `told` what the journal must hold."""

    now: datetime
    sixteen: datetime
    bonds: list[Bond] = field(default_factory=list)
    told: list[tuple[str, str, Pair]] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    confirming: bool = False
    card: bool = False
    bound_by: set[UUID] = field(default_factory=set)

    def over(self, bond: Bond) -> str:
        """Why a bond is over at this moment, written down or not; empty while it is not."""
        if bond.ended:
            return bond.ended
        if not bond.bound:
            return "unanswered" if self.now >= bond.asked + WEEK else OPEN
        return "sixteen" if bond.way == "commitment" and self.now >= self.sixteen else OPEN

    def stands(self, bond: Bond) -> bool:
        """Whether the principal may act."""
        return bond.bound and not self.over(bond) and not self.dead & set(bond.pair)

    def face(self, pair: Pair, check: UUID, *, outcome: str, passed: bool) -> str:
        """A face check came to an outcome; `passed`: for these two, and a moment ago."""
        if outcome != "accepted":
            return self._refused(pair, f"face_{outcome}", outcome)
        if self.dead & set(pair):
            return self._refused(pair, "not_matched")
        if not passed or check in self.bound_by:
            return self._refused(pair, "face_not_passed")
        said = self._bound(pair, "face")
        if said == "face":
            self.bound_by.add(check)
        return said

    def letter(self, pair: Pair, *, child: bool, newest: bool) -> str:
        """The commitment letter was agreed to."""
        if not child or self.now >= self.sixteen:
            return self._refused(pair, "sixteen_or_over")
        if self.dead & set(pair):
            return self._refused(pair, "not_matched")
        if self.card:
            return self._refused(pair, "has_identity_card")
        return self._bound(pair, "commitment") if newest else self._refused(pair, "letter_changed")

    def counter(self, pair: Pair) -> str:
        """An office saw both."""
        return self._refused(pair, "not_matched") if self.dead & set(pair) else self._bound(pair, "counter")

    def ask(self, pair: Pair) -> str:
        """The member is asked to confirm."""
        if self.dead & set(pair):
            return self._refused(pair, "not_matched")
        if not self.confirming:
            return self._refused(pair, "confirmation_not_offered")
        return self._bound(pair, "own_confirmation")

    def confirm(self, bond: Bond, by: str) -> str:
        """Somebody says yes; only the member can, and once, and in time."""
        if bond.bound or self.over(bond) or by != bond.pair[1]:
            return "over"
        if self.dead & set(bond.pair):
            return self._refused(bond.pair, "not_matched")
        if not self.confirming:
            return self._refused(bond.pair, "confirmation_not_offered")
        bond.bound = True
        self.told.append(("bound", bond.way, bond.pair))
        return bond.way

    def end(self, bond: Bond, side: str, by: str) -> bool:
        """«解除绑定» by one of the two, or by the counter that sees one of them."""
        if side not in bond.pair or by not in (side, "counter") or self.over(bond):
            return False
        whose = bond.pair.index(side)
        self._end(bond, (("withdrawn", "declined"), ("by_principal", "by_member"))[bond.bound][whose])
        return True

    def due(self) -> int:
        """What the calendar has ended is written down."""
        late = [bond for bond in self.bonds if not bond.ended and self.over(bond)]
        for bond in late:
            self._end(bond, self.over(bond))
        return len(late)

    def _bound(self, pair: Pair, way: str) -> str:
        """One open bond of the same two; a waiting ask gives way to anything better."""
        for bond in self.bonds:
            if bond.pair != pair or bond.ended:
                continue
            if self.over(bond):
                self._end(bond, self.over(bond))
            elif bond.bound or way == "own_confirmation":
                return self._refused(pair, "already_bound" if bond.bound else "already_asked")
            else:
                self._end(bond, "withdrawn")
        asked = way == "own_confirmation"
        self.bonds.append(Bond(pair, way, self.now, not asked))
        self.told.append(("asked" if asked else "bound", way, pair))
        return way

    def _end(self, bond: Bond, why: str) -> None:
        bond.ended = why
        self.told.append(("ended", why, bond.pair))

    def _refused(self, pair: Pair, reason: str, said: str = "") -> str:
        self.told.append(("refused", reason, pair))
        return said or reason
