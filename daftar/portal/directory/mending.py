"""Mending an entry of the directory by hand, adding one, withdrawing one: who, when, before and after.

A mend is recorded at its own moment, so the rule of the feeds holds for it too: the newer `recorded_at` wins, and an
older row of a feed never undoes it. Where there is no entry, before or after is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from daftar.portal.directory.models import DirectoryMend, Institution, Office, PoolingRegion, Region, Unit
from daftar.portal.directory.services import entry_save

Values = dict[str, Any]
"""Fields of an entry as JSON has them: days as ISO text."""

LEAST = timedelta(microseconds=1)


class Overtaken(Exception):
    """Somebody changed the entry after it was opened. Nothing was written."""


class Taken(Exception):
    """There is an entry with this code. Nothing was written."""


class NotEmpty(Exception):
    """Other entries still belong to this one. Nothing was written."""


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
    "offices": Mendable(Office, ("name", "kind", "department", "region", "address", "phone", "postcode")),
    "pooling-regions": Mendable(PoolingRegion, ("name", "region", "opened_on", "insurance_types")),
    "regions": Mendable(Region, ("name", "level", "parent", "files_to")),
}
"""By the name of the list, as in addresses."""


def entry_named(kind: str, code: str, **chosen: bool) -> Any | None:
    """An entry, withdrawn or not unless `withdrawn` chooses; None when there is none."""
    if not code.isprintable():
        return None  # PostgreSQL would not even look for it
    return MENDABLE[kind].model._default_manager.filter(pk=code, **chosen).first()


def values_of(kind: str, entry: Any) -> Values:
    """What can be mended of an entry, as it is; nothing of one that is withdrawn."""
    if entry.withdrawn:
        return {}
    return last_values_of(kind, entry)


def last_values_of(kind: str, entry: Any) -> Values:
    """The same, of a withdrawn one as it last was where that is kept."""
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
    _write(kind, entry, wanted, max(at, entry.recorded_at + LEAST))
    _note(kind, code, before, after, reason=reason, by=by, office=office, at=at)
    return True


@transaction.atomic
def entry_add(
    *, kind: str, code: str, wanted: Mapping[str, Any], reason: str, by: str, office: str, at: datetime
) -> None:
    """A new entry, or one that was withdrawn, put back. Raises Taken."""
    model = MENDABLE[kind].model
    entry: Any = model._default_manager.select_for_update().filter(pk=code).first()
    if entry is not None and not entry.withdrawn:
        raise Taken
    recorded_at = at if entry is None else max(at, entry.recorded_at + LEAST)
    try:
        with transaction.atomic():
            _write(kind, entry or model(pk=code), wanted, recorded_at, new=entry is None)
    except IntegrityError:
        raise Taken from None  # somebody else was as quick
    after = {name: _as_json(wanted[name]) for name in MENDABLE[kind].fields}
    _note(kind, code, {}, after, reason=reason, by=by, office=office, at=at)


@transaction.atomic
def entry_withdraw(*, kind: str, code: str, reason: str, by: str, office: str, at: datetime) -> None:
    """Take an entry off all lists; what it last was stays with it. Raises Overtaken when it is gone, NotEmpty."""
    entry: Any = MENDABLE[kind].model._default_manager.select_for_update().filter(pk=code, withdrawn=False).first()
    if entry is None:
        raise Overtaken
    if _holds_something(kind, code):
        raise NotEmpty
    before = values_of(kind, entry)
    entry.withdrawn, entry.recorded_at = True, max(at, entry.recorded_at + LEAST)
    entry_save(entry)
    _note(kind, code, before, {}, reason=reason, by=by, office=office, at=at)


def _holds_something(kind: str, code: str) -> bool:
    """Whether an entry that is not withdrawn names this region, or a unit this pooling region."""
    named: list[tuple[Any, str]] = []
    if kind == "regions":
        named = [(each.model, "parent" if each.model is Region else "region") for each in MENDABLE.values()]
    elif kind == "pooling-regions":
        named = [(Unit, "pooling_region")]
    return any(model._default_manager.filter(**{column: code}, withdrawn=False).exists() for model, column in named)


def _write(kind: str, entry: Any, wanted: Mapping[str, Any], recorded_at: datetime, *, new: bool = False) -> None:
    for name in MENDABLE[kind].fields:
        setattr(entry, name, wanted[name])
    entry.recorded_at, entry.withdrawn = recorded_at, False
    entry_save(entry, new=new)


def _note(kind: str, code: str, before: Values, after: Values, **who: Any) -> None:
    DirectoryMend.objects.create(kind=kind, code=code, before=before, after=after, **who)


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
