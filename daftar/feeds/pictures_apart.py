"""Photographs are decoded by a process of their own, in bounded time and with no secret in its reach."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

import daftar
from daftar.feeds.pictures import Made

SECONDS = 120.0
COMMAND = [sys.executable, "-s", "-P", "-m", "daftar.feeds.pictures"]
ENVIRONMENT = {"PYTHONPATH": str(Path(daftar.__path__[0]).parent), "LANG": "C.UTF-8"}


def pictures_made(pictures: Sequence[bytes]) -> list[Made]:
    """What became of each: a JPEG of ours, or the code of what is wrong; one that ends the process is `unreadable`."""
    if not pictures:
        return []
    made = _made_together(pictures)
    if made is not None:
        return made
    if len(pictures) == 1:
        return ["photo_unreadable"]
    half = len(pictures) // 2  # find the one at fault: the others come in
    return [*pictures_made(pictures[:half]), *pictures_made(pictures[half:])]


def _made_together(pictures: Sequence[bytes]) -> list[Made] | None:
    try:
        done = subprocess.run(
            COMMAND,
            input=msgspec.msgpack.encode(list(pictures)),
            capture_output=True,
            timeout=SECONDS,
            env=ENVIRONMENT,
            check=True,
        )
        made: list[Made] = msgspec.msgpack.decode(done.stdout)
        return made
    except (subprocess.SubprocessError, msgspec.MsgspecError):
        return None
