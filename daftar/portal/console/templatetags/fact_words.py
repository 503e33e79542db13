"""Filters for the facts of an explanation."""

from collections.abc import Iterator
from datetime import date

from django import template
from django.utils.translation import gettext as _

from daftar.disclosure.explanation import Fact
from daftar.portal.console.templatetags.staff_words import called, told
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import day, digits, insurer_name, sources_word
from daftar.terms.calendars import show_day_short

register = template.Library()

PERIODS = {"starts": "ends", "valid_from": "valid_until"}


@register.filter
def fact_values(fact: Fact) -> list[str]:
    """What a fact says, in words, piece by piece."""
    return [piece for piece in _pieces(fact) if piece]


@register.filter
def contributions_unshown(count: int) -> str:
    """That there are more contributions than are shown."""
    words = _("Further contributions, of months further away from the day asked about, not shown here: %(count)s")
    return words % {"count": digits(count)}


def _pieces(fact: Fact) -> Iterator[str]:
    for name, value in fact.values.items():
        if name in PERIODS:
            yield _period(value, fact.values[PERIODS[name]])
        elif value not in (None, "") and name not in PERIODS.values():
            yield _value(fact.table, name, value)


def _period(first: date | None, last: date | None) -> str:
    if first is None:
        return ""
    if last is None:
        return _("from %(first)s on") % {"first": day(first)}
    return _("from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def _value(table: str, name: str, value: object) -> str:
    match name, value:
        case "month", date():
            return show_day_short(value, language())[:7]
        case "birth_date", date():
            return _("born on %(day)s") % {"day": day(value)}
        case "death_date", date():
            return _("died on %(day)s") % {"day": day(value)}
        case "days", int():
            return _("days paid: %(count)s") % {"count": digits(value)}
        case "kind" | "relation", _:
            return told(str(value), "evidence" if table == "evidence" else "basis")
        case "sex", _:
            return called(str(value), "sex")
        case "insurer", _:
            return insurer_name(str(value))
        case "source", _:
            return sources_word(str(value), "evidence_source")
        case "office", _:
            return _("office %(code)s") % {"code": value}
    return str(value)
