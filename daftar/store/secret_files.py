"""Putting a secret on the disk: whole, in one step, readable by its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def write_once(path: Path, content: str) -> None:
    """Put a file in its place unless one is there: of several processes at once the first one's stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
