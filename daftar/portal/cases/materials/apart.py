"""A file from a stranger is decoded by a process of its own, which has limits and knows no secret (`child`).

A bomb, a loop or a fault of a decoder ends that process, and the person is told; the portal goes on.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

import msgspec

import daftar
from daftar.portal.cases.materials.limits import CHILD_SECONDS, CHILDREN_AT_ONCE, WAIT_FOR_A_CHILD
from daftar.terms.misunderstood import Misunderstood

COMMAND = [sys.executable, "-s", "-P", "-m", "daftar.portal.cases.materials.child"]
ENVIRONMENT = {"PYTHONPATH": str(Path(daftar.__path__[0]).parent), "LANG": "C.UTF-8"}
"""All that the child is told: nothing of what the portal was told."""

_places = BoundedSemaphore(CHILDREN_AT_ONCE)


class Head(msgspec.Struct):
    """First line of what the child says: what it made, or a code and its values."""

    media_type: str = ""
    pages: int = 1
    code: str = ""
    values: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Made:
    """What the child made of a file."""

    media_type: str
    pages: int
    content: bytes


def made_apart(task: str, content: bytes) -> Made:
    """What is made of `content` by one task of `child`.

    Raises Misunderstood with the child's code; `material_too_complex` when it came to its limits, `material_busy` when
    no place became free.
    """
    if not _places.acquire(timeout=WAIT_FOR_A_CHILD):
        raise Misunderstood("material_busy")
    try:
        done = subprocess.run(
            [*COMMAND, task], input=content, capture_output=True, timeout=CHILD_SECONDS, env=ENVIRONMENT, check=False
        )
    except subprocess.TimeoutExpired:
        raise Misunderstood("material_too_complex") from None
    finally:
        _places.release()
    line, _, made = done.stdout.partition(b"\n")
    if done.returncode or not line:
        raise Misunderstood("material_too_complex")
    head = msgspec.json.decode(line, type=Head)
    if head.code:
        raise Misunderstood(head.code, **head.values)
    return Made(head.media_type, head.pages, made)
