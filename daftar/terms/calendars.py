"""Days as people write them: Jalali in Persian, Gregorian otherwise; stored Gregorian (design §9)."""

import re
from datetime import date

from persiantools.jdatetime import JalaliDate

from daftar.terms.digits import compact, to_latin, to_persian
from daftar.terms.misunderstood import Misunderstood

_PARTS = re.compile(r"(\d{4})[/.\-年](\d{1,2})[/.\-月](\d{1,2})日?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_JALALI_YEARS = range(1200, 1500)
_FIRST, _LAST = date(1850, 1, 1), date(2199, 12, 31)  # a day outside is a slip of the hand: 0405 for 1405
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS_FA = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]


def read_day(text: str) -> date:
    """Read a day of 1850 to 2199: 1405/08/30 is Jalali, 2026-11-21 or 2026年11月21日 Gregorian; the year tells which.

    Raises Misunderstood `required`, `forbidden_character` or `not_a_day`.
    """
    if not compact(text[:32]):
        raise Misunderstood("required")
    match = _PARTS.fullmatch(to_latin(text.strip()))
    if match is None:
        raise Misunderstood("not_a_day")
    year, month, day = (int(part) for part in match.groups())
    try:
        read = jalali_to_gregorian(year, month, day) if year in _JALALI_YEARS else date(year, month, day)
    except ValueError:
        raise Misunderstood("not_a_day") from None
    if not _FIRST <= read <= _LAST:
        raise Misunderstood("not_a_day")
    return read


def read_iso_day(text: str) -> date:
    """Read a day as machines write it, 2026-11-21, and nothing else. Raises Misunderstood `not_an_iso_day`.

    `date.fromisoformat` alone takes weeks too and passes over what follows eight digits.
    """
    if _ISO.fullmatch(text) is None:
        raise Misunderstood("not_an_iso_day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misunderstood("not_an_iso_day") from None


def jalali_to_gregorian(year: int, month: int, day: int) -> date:
    """A Jalali day as a Gregorian date; ValueError when there is no such day."""
    gregorian: date = JalaliDate(year, month, day).to_gregorian()
    return gregorian


def show_day(day: date, language: str) -> str:
    """A day in words: ۳۰ آبان ۱۴۰۵, 2026年11月21日, 21 November 2026; Gregorian figures outside the Jalali calendar."""
    if language == "fa":
        jalali = _jalali(day)
        if jalali is None:
            return show_day_short(day, language)
        return to_persian(f"{jalali.day} {_MONTHS_FA[jalali.month - 1]} {jalali.year}")
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def show_day_short(day: date, language: str) -> str:
    """A day in figures: ۱۴۰۵/۰۸/۳۰ in Persian, 2026-11-21 otherwise."""
    if language != "fa":
        return day.isoformat()
    jalali = _jalali(day)
    return to_persian(jalali.strftime("%Y/%m/%d") if jalali else day.isoformat())


def year_in(day: date, language: str) -> int:
    """The year of a day in the reader's calendar: 1405 in Persian, 2026 otherwise."""
    jalali = _jalali(day) if language == "fa" else None
    return jalali.year if jalali else day.year


def _jalali(day: date) -> JalaliDate | None:
    """The day in the Jalali calendar; None outside it (before 622), so that no stored day can break a page."""
    try:
        return JalaliDate(day)
    except ValueError:
        return None
