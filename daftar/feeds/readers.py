"""Readers of single cells: text in, stored value out, or Misunderstood with a reason that has a text.

Persian and Arabic digits count as digits everywhere; days and months are ISO, money is whole.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from daftar.feeds.description import Reader
from daftar.terms.digits import ZERO_WIDTH_NON_JOINER, refuse_invisible, to_latin
from daftar.terms.misunderstood import Misunderstood

EARLIEST_DAY = "1850-01-01"
LATEST_DAY = "2199-12-31"
BLANK_DAY = "1900-01-01"  # stands in withdrawn rows where the registry wants a day
# `[0-9]`: the digits that `to_latin` leaves are of scripts that neither a calendar nor a database reads
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(_DAY.pattern + r"([T ][0-9]{2}(:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:#-]*")
_PLAIN_CODE = rf"\A{_CODE.pattern}\z"
_CURRENCY = re.compile(r"[A-Z]{3}")
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_WHOLE = re.compile(r"-?[0-9]{1,64}")
_PLAIN_WHOLE = r"\A[0-9]{1,18}\z"  # surely within 64 bits
_RATIO = re.compile(r"[01]|[01]?\.[0-9]{1,4}0{0,12}")
_FLAGS = {"true": 1, "false": 0}


def text(most: int, empty: str = "") -> Reader:
    """Free text in any script, without control or invisible characters; `empty` stands for an empty cell."""

    def read(cell: str) -> str:
        cell = cell.strip()
        if len(cell) > most:
            raise Misunderstood("too_long")
        if not cell.isprintable():  # the quick look: true for everything that the slow one would let pass but spaces
            refuse_invisible(cell, allow=ZERO_WIDTH_NON_JOINER)
        return cell

    def plain(cells: pa.StringArray, empty: Any) -> list[Any] | None:
        stripped = [cell.strip() for cell in cells.to_pylist()]
        if len(max(stripped, key=len)) > most or not "".join(stripped).isprintable():
            return None
        return [cell or empty for cell in stripped]

    return Reader(f"text, at most {most} characters", read, empty=empty, blank=empty, plain=plain)


def code(most: int) -> Reader:
    """A code of the source: Latin letters, digits, and `. _ / : # -`."""

    def read(cell: str) -> str:
        cell = to_latin(cell.strip())
        if len(cell) > most:
            raise Misunderstood("too_long")
        if not _CODE.fullmatch(cell):
            raise Misunderstood("not_a_code")
        return cell

    def plain(cells: pa.StringArray, empty: Any) -> list[Any] | None:
        if not pc.all(pc.match_substring_regex(cells, _PLAIN_CODE)).as_py():
            return None
        return cells.to_pylist() if pc.max(pc.binary_length(cells)).as_py() <= most else None

    return Reader(f"code, at most {most} characters", read, plain=plain)


def word(words: Iterable[str], empty: str = "") -> Reader:
    """One word of a list; the words of an enumeration stand in daftar.terms.outcomes."""
    allowed = {str(each): str(each) for each in words}

    def read(cell: str) -> str:
        try:
            return allowed[cell.strip()]
        except KeyError:
            raise Misunderstood("unknown_word", allowed=" ".join(allowed)) from None

    return Reader(" · ".join(f"`{each}`" for each in allowed), read, empty=empty, blank=empty)


def words(most: int) -> Reader:
    """Several codes with spaces between."""
    single = code(most)

    def read(cell: str) -> str:
        joined = " ".join(str(single.read(each)) for each in cell.split())
        if len(joined) > most:
            raise Misunderstood("too_long")
        return joined

    return Reader(f"codes with spaces between, at most {most} characters", read)


def day(blank: str | None = None) -> Reader:
    """An ISO day, Gregorian. `blank` is given where the registry wants a day in withdrawn rows too."""

    def read(cell: str) -> str:
        cell = to_latin(cell.strip())
        if not _DAY.fullmatch(cell):
            raise Misunderstood("not_an_iso_day")
        try:
            date.fromisoformat(cell)
        except ValueError:
            raise Misunderstood("not_an_iso_day") from None
        if not EARLIEST_DAY <= cell <= LATEST_DAY:
            raise Misunderstood("out_of_range")
        return cell

    return Reader("day, `2026-11-21`", read, empty=None, blank=blank)


def month() -> Reader:
    """A month, stored as its first day."""

    def read(cell: str) -> str:
        cell = to_latin(cell.strip())
        if not _MONTH.fullmatch(cell):
            raise Misunderstood("not_a_month")
        try:
            date.fromisoformat(cell + "-01")
        except ValueError:
            raise Misunderstood("not_a_month") from None
        if not "1950" <= cell[:4] <= LATEST_DAY[:4]:
            raise Misunderstood("out_of_range")
        return cell + "-01"

    return Reader("month, `2026-10`", read)


def whole(least: int, most: int, blank: int | None = None) -> Reader:
    """A whole number between two bounds."""

    def read(cell: str) -> int:
        cell = to_latin(cell.strip())
        if not _WHOLE.fullmatch(cell):
            raise Misunderstood("not_a_whole_number")
        if not least <= int(cell) <= most:
            raise Misunderstood("out_of_range")
        return int(cell)

    return Reader(f"whole number, {least} to {most}", read, empty=None, blank=blank, plain=_plain_whole(least, most))


def _plain_whole(least: int, most: int) -> Callable[[pa.StringArray, Any], list[Any] | None]:
    def plain(cells: pa.StringArray, empty: Any) -> list[Any] | None:
        blank = pc.equal(cells, "")
        if not pc.all(pc.or_(blank, pc.match_substring_regex(cells, _PLAIN_WHOLE))).as_py():
            return None
        given = pc.cast(pc.if_else(blank, None, cells), pa.int64())
        bounds = pc.min_max(given)
        low, high = bounds["min"].as_py(), bounds["max"].as_py()
        if low is not None and not least <= low <= high <= most:
            return None
        values: list[Any] = (given.fill_null(empty) if given.null_count and empty is not None else given).to_pylist()
        return values

    return plain


def digest() -> Reader:
    """A SHA-256 in 64 hex digits, kept in small letters."""

    def read(cell: str) -> str:
        if not _DIGEST.fullmatch(cell.strip()):
            raise Misunderstood("not_a_digest")
        return cell.strip().lower()

    return Reader("SHA-256 in 64 hex digits", read)


def money() -> Reader:
    """An amount in the currency's smallest unit."""
    inner = whole(0, 10**18 - 1)
    about = "whole number in the smallest unit of `currency`"
    return Reader(about, inner.read, empty=None, blank=None, plain=inner.plain)


def amount(blank: int | None = None) -> Reader:
    """An amount that may be below zero, with so few digits that a database can add up thousands of the largest."""
    inner = whole(-(10**15) + 1, 10**15 - 1)
    about = "whole number in the smallest unit, 15 digits at most"
    return Reader(about, inner.read, empty=None, blank=blank, plain=inner.plain)


def ratio() -> Reader:
    """A share from 0 to 1, stored in hundredths of a percent: 0.85 is 8500."""

    def read(cell: str) -> int:
        cell = to_latin(cell.strip())
        if not _RATIO.fullmatch(cell):
            raise Misunderstood("not_a_ratio")
        units, _, decimals = cell.partition(".")
        value = int(units or 0) * 10_000 + int(f"{decimals[:4]:0<4}")
        if value > 10_000:
            raise Misunderstood("not_a_ratio")
        return value

    return Reader("share from 0 to 1 with at most four decimals, `0.85`", read, empty=None, blank=None)


def currency() -> Reader:
    """A currency of ISO 4217."""

    def read(cell: str) -> str:
        if not _CURRENCY.fullmatch(cell.strip()):
            raise Misunderstood("not_a_currency")
        return cell.strip()

    return Reader("ISO 4217, `IRR`", read)


def flag(empty: bool = False) -> Reader:
    """true or false; an empty cell is `empty`."""

    def read(cell: str) -> int:
        try:
            return _FLAGS[cell.strip()]
        except KeyError:
            raise Misunderstood("not_a_flag") from None

    about = "`true` · `false`; empty is `true`" if empty else "`true` · `false`"
    return Reader(about, read, empty=int(empty), blank=0)


def instant() -> Reader:
    """An ISO time with its offset; without one it is UTC. Stored in UTC."""

    def read(cell: str) -> str:
        cell = to_latin(cell.strip())
        if not _TIME.fullmatch(cell):  # datetime would pass over what follows a NUL
            raise Misunderstood("not_a_time")
        try:
            value = datetime.fromisoformat(cell)
            value = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            raise Misunderstood("not_a_time") from None
        if not EARLIEST_DAY <= f"{value.year:04}-01-01" <= LATEST_DAY:
            raise Misunderstood("out_of_range")
        return stored_time(value)

    return Reader("time, `2026-11-21T10:00:00Z`", read, empty=None, blank=None)


def stored_time(value: datetime) -> str:
    """An aware time as both databases store and compare it."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
