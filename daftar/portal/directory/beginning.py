"""Entries by the beginning of a name, of its sound, or of a code, as rows that can be filtered and ordered further.

For machines and staff, who want all entries; the public pages look in their own ways (institutions.py).
"""

from typing import Any

from django.db.models import Q, QuerySet

from daftar.portal.directory.begun import leads_further, span
from daftar.portal.directory.models import Institution, InstitutionTerm
from daftar.portal.directory.wanted import Terms, Wanted
from daftar.portal.directory.words import begins, compact, contains
from daftar.terms.finding import folded


def beginning(found: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those among `found` that begin as typed, in a word of the name or at the code; none for typed signs alone."""
    if not folded(typed):
        return found.none()
    (terms,) = Wanted(name=typed).typed
    if found.model is not Institution:
        return _fitting(found, found, terms)
    led = found.filter(code__in=_led_by(terms).values("code"))
    return _fitting(found, compact(led).filter(contains(terms)), terms) if leads_further(terms) else led


def _fitting(found: QuerySet[Any], among: QuerySet[Any], terms: Terms) -> QuerySet[Any]:
    """Those whose words begin so, looked at closely."""
    fits = begins(terms)
    words = among.order_by().values_list("code", "words")
    return found.filter(code__in=[code for code, text in words if fits(text)])


def _led_by(terms: Terms) -> QuerySet[InstitutionTerm]:
    begun = Q()
    for whole, term in terms:
        first, last = span(term)
        begun |= Q(whole__in=[whole], term__gte=first, term__lt=last)
    return InstitutionTerm.objects.filter(begun)
