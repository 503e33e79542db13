"""Filters of the staff pages."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.console.words import SECTIONS
from daftar.portal.directory.kept import kept
from daftar.portal.directory.shown import path_of
from daftar.portal.looks.templatetags.look_words import shown_words
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import day
from daftar.terms.texts import catalogue

register = template.Library()

CODES = {"kind": "office_kind", "level": "region_level"}
"""Fields of directory entries that hold codes, by the section of their texts; levels of hospitals are words."""


@register.filter
def called(code: str, section: str) -> str:
    """The staff's word for a code; a code that has none stays as it is."""
    return str(SECTIONS[section].get(code, code))


@register.filter
def fields_called(shown: str) -> str:
    """The fields that a row of the journal says were told, in words."""
    separator = "، " if language() == "fa" else "、" if language() == "zh" else ", "
    return separator.join(shown_words(shown))


@register.filter
def told(code: str, section: str) -> str:
    """The text of a code in the catalogues, or the code where there is none (other kinds of disclosure have none)."""
    return say(f"{section}.{code}") if f"{section}.{code}" in catalogue(language()) else code


@register.filter
def told_as(entry: str | None, code: str) -> str:
    """The text of a catalogue's entry, or the code where there is none."""
    return say(entry) if entry else code


@register.filter
def entry_value(value: object, field: str) -> str:
    """A value of a directory entry in words; a region with those above it and its code."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if not value:
        return "–"
    if field.endswith("_on"):
        return day(date.fromisoformat(str(value)))
    if field in CODES:
        return told(str(value), CODES[field])
    if field in ("region", "parent", "files_to"):
        names, _language = path_of(str(value), kept(timezone.now()))
        return f"{names} ({value})" if names != value else str(value)
    return str(value)


@register.filter
def problem_told(problem: str) -> str:
    """What a batch keeps of why its file failed, in words: a code, and columns, formats or a number behind it."""
    code, _colon, names = problem.partition(": ")
    words = told(code, "feed")
    return f"{words} ({names})" if names else words
