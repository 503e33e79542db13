"""Mending an entry of the directory by hand: who, when, before and after. An older row of a feed never undoes it.

A mend is recorded at its own moment, so the rule of the feeds holds for it too: the newer `recorded_at` wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from daftar.portal.directory.models import DirectoryMend, Institution, Office, PoolingRegion
from daftar.portal.directory.services import entry_save

Values = dict[str, Any]
"""Fields of an entry as JSON has them: days as ISO text."""

LEAST = timedelta(microseconds=1)


class Overtaken(Exception):
    """Somebody changed the entry after it was opened. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Mendable:
    """A table whose entries can be mended, and which of its columns."""

    model: type[Model]
    fields: tuple[str, ...]


MENDABLE = {
    "institutions": Mendable(
        Institution,
        (
            *("name", "region", "level", "institution_class", "address", "phone"),
            *("opened_on", "closed_on", "cross_region"),
        ),
    ),
    "offices": Mendable(Office, ("name", "department", "region", "address", "phone", "postcode")),
    "pooling-regions": Mendable(PoolingRegion, ("name", "region", "opened_on", "insurance_types")),
}
"""By the name of the list, as in addresses."""


def entry_named(kind: str, code: str) -> Any | None:
    """An entry that is not withdrawn; None when there is none."""
    if not code.isprintable():
        return None  # PostgreSQL would not even look for it
    return MENDABLE[kind].model._default_manager.filter(pk=code, withdrawn=False).first()


def values_of(kind: str, entry: Any) -> Values:
    """What can be mended of an entry, as it is."""
    return {name: _as_json(getattr(entry, name)) for name in MENDABLE[kind].fields}


@transaction.atomic
def entry_mend(
    *, kind: str, code: str, opened: Values, wanted: Mapping[str, Any], reason: str, by: str, office: str, at: datetime
) -> bool:
    """Change an entry that is still as it was `opened`; False when nothing differs. Raises Overtaken."""
    entry = MENDABLE[kind].model._default_manager.select_for_update().filter(pk=code, withdrawn=False).first()
    if entry is None:
        raise Overtaken
    before = values_of(kind, entry)
    if before != opened:
        raise Overtaken
    after = {name: _as_json(wanted[name]) for name in before}
    if after == before:
        return False
    for name in before:
        setattr(entry, name, wanted[name])
    entry.recorded_at = max(at, entry.recorded_at + LEAST)
    DirectoryMend.objects.create(
        kind=kind, code=code, before=before, after=after, reason=reason, by=by, office=office, at=at
    )
    entry_save(entry)
    return True


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
