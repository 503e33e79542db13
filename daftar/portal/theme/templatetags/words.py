"""Filters for reading: days in the reader's calendar, digits in the reader's script, words of `daftar.terms`."""

from datetime import date, datetime
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.terms.calendars import show_day
from daftar.terms.digits import to_persian
from daftar.terms.insurers import insurer_name as name_of_insurer
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.texts import worded
from daftar.terms.tracking_codes import grouped

register = template.Library()


@register.filter
def digits(value: object) -> str:
    """Figures in the reader's script."""
    return to_persian(str(value)) if language() == "fa" else str(value)


@register.filter
def day(value: date | None) -> str:
    """A day in words, in the reader's calendar."""
    return show_day(value, language()) if value else ""


@register.filter
def moment(value: datetime | None, zone: str) -> str:
    """An instant in words, in the time zone of a jurisdiction (its code)."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(jurisdictions()[zone].time_zone))
    separator = "، " if language() == "fa" else " "
    return digits(f"{day(local.date())}{separator}{local:%H:%M}")


@register.filter
def word(code: object, section: str) -> str:
    """The text of a code in a section of the catalogues: `status|word:"status"`."""
    return say(f"{section}.{code}")


@register.filter
def sources_word(code: str, section: str) -> str:
    """The text of a word that a source sent; one that the catalogue does not know stays as it came."""
    return worded(section, code, language())


@register.filter
def fours(code: str) -> str:
    """A tracking code in groups of four, Latin digits."""
    return grouped(code)


@register.filter
def script_direction(text: str) -> str:
    """`rtl` when the first letter is of such a script, else `ltr`: WeasyPrint knows no `dir=auto`."""
    first = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


@register.filter
def figures(code: str) -> str:
    """A number in the reader's script; one with letters stays as it is."""
    return digits(code) if code.isdigit() else code


@register.filter
def in_language(names: dict[str, str]) -> str:
    """The entry of a table of names that is in the reader's language."""
    return names[language()]


@register.filter
def insurer_name(code: str) -> str:
    """Name of a basic insurer; a code that nobody has named stays as it is."""
    return name_of_insurer(code, language())


@register.simple_tag
def qr(content: str, label: str) -> SafeString:
    """A QR code as inline SVG, with a name for those who cannot see it."""
    svg = segno.make(content, error="m", micro=False).svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True)
    return format_html('<span class="qr-box" role="img" aria-label="{}">{}</span>', label, mark_safe(svg))
