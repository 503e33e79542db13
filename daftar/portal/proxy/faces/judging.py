"""Let a process of its own judge a capture, in bounded time and with nothing of ours in its reach."""

import os
import subprocess
import sys
from functools import cache
from threading import BoundedSemaphore

import msgspec
import structlog

from daftar.portal.proxy.faces.port import Outcome, Question
from daftar.portal.proxy.faces.task import Found, Task

SECONDS = 20.0
"""A second on a quiet machine; whoever waits longer than this is told to come back."""
_AT_ONCE = BoundedSemaphore(2)
"""Judging processes at once: each works a core for a second."""

_log = structlog.get_logger()


def task_of(question: Question, reference: bytes | None) -> Task:
    """A question as the judging process reads it."""
    frames = [(frame.step, frame.jpeg) for frame in question.frames]
    return Task(list(question.moves), frames, reference)


def judged(task: Task, seconds: float = SECONDS) -> Found:
    """Let a process of its own judge; `unavailable` when it is too slow, dies, or dlib is not installed.

    It gets no environment: neither the database's password nor any secret.
    """
    if not _AT_ONCE.acquire(timeout=seconds):
        return Found(Outcome.UNAVAILABLE)
    try:
        ready = msgspec.structs.replace(task, detector=_detector(seconds))
        return msgspec.msgpack.decode(_run([], msgspec.msgpack.encode(ready), seconds), type=Found)
    except (subprocess.SubprocessError, OSError, msgspec.MsgspecError) as error:
        _log.error("face_not_judged", error=type(error).__name__, ended=getattr(error, "returncode", None))
        return Found(Outcome.UNAVAILABLE)
    finally:
        _AT_ONCE.release()


@cache
def _detector(seconds: float) -> bytes:
    """The detector of faces, made once by a process that sees no picture; it is only carried here, never read."""
    written = _run(["detector"], b"", seconds)
    if not written:
        raise OSError("no detector")
    return written


def _run(arguments: list[str], given: bytes, seconds: float) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "daftar.portal.proxy.faces.judge", *arguments],
        input=given,
        capture_output=True,
        timeout=seconds,
        check=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"},
    )
    return done.stdout
