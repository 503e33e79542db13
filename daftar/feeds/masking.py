"""Values of refused rows for showing: enough to find the row, too little to know the person."""

import re

_SHOWN = 2
_LONGEST = 12
_COLUMN = re.compile(r"[a-z][a-z_]{0,39}")


def masked(value: str) -> str:
    """The first two characters of a longer value, dots for the rest (never more than ten); short ones only dots."""
    if not value:
        return ""
    shown = value[:_SHOWN] if len(value) > 2 * _SHOWN and value[:_SHOWN].isprintable() else ""
    return shown + "•" * (min(len(value), _LONGEST) - len(shown))


def column_name(name: str) -> str:
    """A column's name as given; masked unless it looks like one: without a header, the first row is taken for it."""
    return name if _COLUMN.fullmatch(name) else masked(name)
