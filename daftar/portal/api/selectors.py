"""Reading a page of a list: by code, so that a cursor holds whatever comes or goes."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from daftar.portal.api.listings import Listing
from daftar.portal.directory.models import Region
from daftar.terms.problems import FieldError, Problem


def entries_after(listing: Listing, wanted: Mapping[str, Any], after: str, limit: int) -> list[Any]:
    """The entries that follow a code, in the order of codes, at most `limit`."""
    found = _filtered(listing, wanted).order_by("code")
    return list(found.filter(code__gt=after)[:limit] if after else found[:limit])


def _filtered(listing: Listing, wanted: Mapping[str, Any]) -> QuerySet[Any]:
    found = listing.model._default_manager.filter(withdrawn=False)
    columns = {column: wanted[name] for name, column in listing.columns.items() if name in wanted}
    found = found.filter(**columns)
    if "code" in wanted:
        found = found.filter(code=wanted["code"])
    if "region" in wanted:
        column = "code" if listing.model is Region else "region"
        found = found.filter(**{f"{column}__in": _below(wanted["region"])})
    if "q" in wanted:
        found = found.filter(Q(name__startswith=wanted["q"]) | Q(code__startswith=wanted["q"]))
    return found


def _below(code: str) -> list[str]:
    """A region's code and those of everything below it. Raises Problem `invalid-input` when there is none."""
    if not Region.objects.filter(code=code, withdrawn=False).exists():
        raise Problem("invalid-input", (FieldError("region", "unknown_region"),))
    found, level = {code}, {code}
    while level:
        level = set(Region.objects.filter(parent__in=level, withdrawn=False).values_list("code", flat=True)) - found
        found |= level
    return sorted(found)
