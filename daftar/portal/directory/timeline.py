"""What became of an entry: each mend with what it changed, and between them what a feed brought."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from daftar.portal.directory.mending import Values, values_of
from daftar.portal.directory.models import DirectoryMend


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """A mend; or, without `by`, what a feed brought, and when where that is known. `act`: mended, added, withdrawn."""

    changes: list[Change]
    act: str
    at: datetime | None
    by: str = ""
    office: str = ""
    reason: str = ""


def newest_mend(kind: str, code: str) -> DirectoryMend | None:
    """The mend that was last."""
    return DirectoryMend.objects.filter(kind=kind, code=code).order_by("-id").first()


def timeline(kind: str, entry: Any) -> list[Step]:
    """The steps of an entry, the newest first."""
    return list(_steps(kind, entry))[::-1]


def _steps(kind: str, entry: Any) -> Iterator[Step]:
    standing: Values | None = None
    for mend in DirectoryMend.objects.filter(kind=kind, code=entry.code).order_by("id"):
        if standing is not None and standing != mend.before:
            yield _step(standing, mend.before, None)
        yield _step(mend.before, mend.after, mend.at, mend.by, mend.office, mend.reason)
        standing = mend.after
    now = values_of(kind, entry)
    if standing is not None and standing != now:
        yield _step(standing, now, entry.recorded_at)


def _step(before: Values, after: Values, at: datetime | None, *by: str) -> Step:
    act = "mended" if before and after else "added" if after else "withdrawn"
    changed = [Change(name, before.get(name), after[name]) for name in after if before.get(name) != after[name]]
    return Step(changed, act, at, *by)
