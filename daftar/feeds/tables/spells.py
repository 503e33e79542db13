"""Rules that several tables share: spells end after they start, and nothing is recorded tomorrow."""

from daftar.feeds.description import Check, Column
from daftar.feeds.readers import BLANK_DAY, day


def starts(*, key: bool = False, required: bool = False) -> Column:
    """First day of a spell, inclusive."""
    blank = BLANK_DAY if required else None
    return Column("starts", day(blank), key=key, required=required)


ENDS = Column("ends", day())
"""Last day of a spell, inclusive; empty is open."""


def ends_after(first: str, last: str, reason: str = "ends_before_starts") -> Check:
    """`last` may not lie before `first` where both are given."""
    return Check((last, first), reason, _before, f"`{last}` not before `{first}`")


def not_ahead(name: str) -> Check:
    """A day that has not come yet anywhere on earth cannot be a fact."""
    return Check((name,), "in_the_future", _ahead, f"`{name}` not in the future")


def _before(last: str | None, first: str | None, tomorrow: str) -> bool:
    return last is not None and first is not None and last < first


def _ahead(value: str | None, tomorrow: str) -> bool:
    return value is not None and value > tomorrow
