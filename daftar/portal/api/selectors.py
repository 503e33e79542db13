"""Reading a page of a list: by code, so that a cursor holds whatever comes or goes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from daftar.portal.api.listings import Listing
from daftar.portal.directory.beginning import beginning
from daftar.portal.directory.kept import kept
from daftar.portal.directory.models import Region
from daftar.terms.problems import FieldError, Problem


def entries_after(listing: Listing, wanted: Mapping[str, Any], after: str, limit: int, at: datetime) -> list[Any]:
    """The entries that follow a code, in the order of codes, at most `limit`. Raises Problem `invalid-input`."""
    found = _filtered(listing, wanted, at).order_by("code")
    return list(found.filter(code__gt=after)[:limit] if after else found[:limit])


def _filtered(listing: Listing, wanted: Mapping[str, Any], at: datetime) -> QuerySet[Any]:
    found = listing.model._default_manager.filter(withdrawn=False)
    found = found.filter(**{column: wanted[name] for name, column in listing.columns.items() if name in wanted})
    if "code" in wanted:
        found = found.filter(code=wanted["code"])
    if "region" in wanted:
        column = "code" if listing.model is Region else "region"
        found = found.filter(**{f"{column}__in": _with_below(wanted["region"], at)})
    if "pooling_region" in wanted:
        found = found.filter(region__in=_pooled(wanted["pooling_region"], at))
    return beginning(found, wanted["q"]) if "q" in wanted else found


def _pooled(code: str, at: datetime) -> list[str]:
    """Codes of the regions of a pooling region."""
    now = kept(at)
    if code not in now.pools:
        raise Problem("invalid-input", (FieldError("pooling_region", "unknown_pooling_region"),))
    return now.pooled(code)


def _with_below(region: str, at: datetime) -> list[str]:
    """Codes of a region and of everything below it."""
    codes = kept(at).tree.subtree(region)
    if not codes:
        raise Problem("invalid-input", (FieldError("region", "unknown_region"),))
    return codes
