"""Entries by the beginning of a name, of its sound, or of a code, as rows that can be filtered and ordered further.

For machines and staff, who want all entries; the public pages look in their own ways (institutions.py).
"""

from typing import Any

from django.db.models import Q, QuerySet

from daftar.portal.directory.models import Institution, InstitutionTerm
from daftar.portal.directory.wanted import Terms, Wanted
from daftar.portal.directory.words import begins
from daftar.terms.finding import folded

LAST = b"\xff"
"""After every letter in UTF-8."""


def beginning(found: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those among `found` that begin as typed, in a word of the name or at the code; none for typed signs alone."""
    if not folded(typed):
        return found.none()
    (terms,) = Wanted(name=typed).typed
    if found.model is Institution:
        return found.filter(code__in=_led_by(terms).values("code"))
    fits = begins(terms)
    words = found.order_by().values_list("code", "words")
    return found.filter(code__in=[code for code, text in words if fits(text)])


def _led_by(terms: Terms) -> QuerySet[InstitutionTerm]:
    begun = Q()
    for whole, term in terms:
        begun |= Q(whole__in=[whole], term__gte=term.encode(), term__lt=term.encode() + LAST)
    return InstitutionTerm.objects.filter(begun)
