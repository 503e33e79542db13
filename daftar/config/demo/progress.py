"""How far a first start has come, so that an interrupted one goes on with the same made-up people.

The moment is part of it: made again from the same seed and moment, the files are the same bytes, and the feeds go on
where they stopped.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

VERSION = 9
"""Counts up when what the demo makes has changed: the next start then makes it anew, over the old."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One making of the demo: from what, as of when, for which database, and whether it was finished."""

    seed: int
    persons: int
    version: int
    database: str
    at: str
    complete: bool = False

    @property
    def moment(self) -> datetime:
        """The moment as of which everything is made."""
        return datetime.fromisoformat(self.at)


def begin(path: Path, *, seed: int, persons: int, database_url: str, at: datetime) -> Progress:
    """The making that `path` tells of, when it is of the same seed, version and database; otherwise a new one."""
    database = blake2b(database_url.encode(), digest_size=8).hexdigest()
    wanted = Progress(seed, persons, VERSION, database, at.isoformat())
    found = _read(path)
    if found and replace(found, at=wanted.at, complete=False) == wanted:
        return found
    _write(path, wanted)
    return wanted


def begin_again(path: Path, progress: Progress, at: datetime) -> Progress:
    """The same making once more, as of another moment: what was made is gone."""
    wanted = replace(progress, at=at.isoformat(), complete=False)
    _write(path, wanted)
    return wanted


def finish(path: Path, progress: Progress) -> None:
    """Say that everything has been made."""
    _write(path, replace(progress, complete=True))


def _read(path: Path) -> Progress | None:
    try:
        return Progress(**json.loads(path.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _write(path: Path, progress: Progress) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(asdict(progress)))
    part.replace(path)
