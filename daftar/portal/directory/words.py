"""Looking through words that are kept with each entry: for the smaller lists, and within few regions (ADR 0014)."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Replace
from persiantools import characters

from daftar.portal.directory.wanted import Terms
from daftar.terms.finding import begins_a_word


def compact(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Entries with their words written on without spaces, for `contains`."""
    return entries.alias(compact=Replace("words", Value(" "), Value(""), output_field=TextField()))


def contains(terms: Terms) -> Q:
    """The quick look of the database: one of the terms stands somewhere in the words."""
    return reduce(or_, (Q(compact__contains=term) for term in sorted({term for _, term in terms})))


def begins(terms: Terms) -> Callable[[str], bool]:
    """The exact look: one of the terms stands where a word begins."""
    patterns = [begins_a_word(term) for term in sorted({term for _, term in terms})]
    return lambda words: any(pattern.search(words) for pattern in patterns)


def shortest(terms: Terms) -> str:
    """The term that stands in all the others: what is typed, without the sign of codes."""
    return min((term for _, term in terms), key=len)


def spellings(typed: str) -> list[str]:
    """As typed, and with the other letters for ک and ی."""
    return sorted({typed, characters.ar_to_fa(typed), characters.fa_to_ar(typed)})
