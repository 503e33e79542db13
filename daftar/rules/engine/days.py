"""Days as whole numbers since 1970-01-01 and months as year · 12 + month - 1, on every engine alike."""

import ibis
import ibis.expr.types as ir

from daftar.rules.states import FAR


def day(value: ir.DateValue) -> ir.IntegerValue:
    """A date as its day number."""
    return value.epoch_days().cast("int32")


def last_day(value: ir.DateValue) -> ir.IntegerValue:
    """An end as its day number; empty is open."""
    return value.epoch_days().cast("int32").coalesce(FAR)


def month(value: ir.DateValue) -> ir.IntegerValue:
    """The month in which a date lies."""
    return (value.year() * 12 + value.month() - 1).cast("int32")


def first_of(month: ir.IntegerValue) -> ir.IntegerValue:
    """First day of a month."""
    year = (month // 12).cast("int32")
    return day(ibis.date(year, (month % 12 + 1).cast("int32"), 1))


def end_of(month: ir.IntegerValue) -> ir.IntegerValue:
    """Last day of a month."""
    return first_of(month + 1) - 1


def months_later(value: ir.DateValue, months: ir.IntegerValue) -> ir.IntegerValue:
    """The same day of the month some months later, or that month's last day where it has no such day."""
    later = month(value) + months
    return ibis.least(first_of(later) + (value.day() - 1).cast("int32"), end_of(later))


def birthday(born: ir.DateValue, years: ir.IntegerValue) -> ir.IntegerValue:
    """The day on which so many years are full; of 29 February it is 1 March in a common year."""
    return first_of(month(born) + years * 12) + (born.day() - 1).cast("int32")


def date_of(number: ir.IntegerValue) -> ir.DateValue:
    """A day number as a date."""
    return (ibis.date(1970, 1, 1) + number.cast("int32").as_interval("D")).cast("date")
