"""Let a process of its own judge a capture, in bounded time and with nothing of ours in its reach.

Such a process needs half a second before it can begin, so one is started when somebody comes before the camera and
waits for the capture (`make_ready`). Where none waits, one is started for the task. Each has one task, and ends.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic

import msgspec
import structlog

from daftar.portal.proxy.faces.port import Outcome, Question
from daftar.portal.proxy.faces.task import WAITS, Found, Task

SECONDS = 20.0
"""A second on a quiet machine; whoever waits longer than this is told to come back."""
MOST_READY = 2
"""Judging processes that wait at once, 75 MB each; somebody else's check takes half a second longer."""
_AT_ONCE = BoundedSemaphore(2)
"""Judging processes at once: each works every core for a second."""

_waiting: list[tuple[subprocess.Popen[bytes], float]] = []
"""Processes made ready, and until when one may be given a task: a little before it gives up."""
_turn = Lock()
"""Who reads or changes `_waiting` holds it."""

_log = structlog.get_logger()


def task_of(question: Question, reference: bytes | None) -> Task:
    """A question as the judging process reads it."""
    frames = [(frame.step, frame.jpeg) for frame in question.frames]
    return Task(list(question.moves), frames, reference)


def make_ready() -> None:
    """Start a judging process for a capture that is about to be made; nobody waits until it is."""
    Thread(target=_one_more, name="face-ready", daemon=True).start()


def judged(task: Task, seconds: float = SECONDS) -> Found:
    """Let a process of its own judge; `unavailable` when it is too slow, dies, or dlib is not installed.

    It gets no environment: neither the database's password nor any secret.
    """
    if not _AT_ONCE.acquire(timeout=seconds):
        return Found(Outcome.UNAVAILABLE)
    try:
        ready = msgspec.structs.replace(task, detector=_detector(seconds))
        process = (task.frames and _made_ready()) or _started([])
        return msgspec.msgpack.decode(_answer(process, msgspec.msgpack.encode(ready), seconds), type=Found)
    except (subprocess.SubprocessError, OSError, msgspec.MsgspecError) as error:
        _log.error("face_not_judged", error=type(error).__name__, ended=getattr(error, "returncode", None))
        return Found(Outcome.UNAVAILABLE)
    finally:
        _AT_ONCE.release()


def _one_more() -> None:
    with suppress(subprocess.SubprocessError, OSError):
        _detector(SECONDS)
        with _turn:
            _forget_old()
            if len(_waiting) < MOST_READY:
                _waiting.append((_started([]), monotonic() + WAITS - SECONDS))


def _made_ready() -> subprocess.Popen[bytes] | None:
    """A process that waits, if any does; from here on it is nobody else's."""
    with _turn:
        _forget_old()
        return _waiting.pop(0)[0] if _waiting else None


def _forget_old() -> None:
    """Keep those that still live and will for a while."""
    for each in [each for each in _waiting if each[0].poll() is not None or each[1] < monotonic()]:
        _waiting.remove(each)
        with each[0] as process:
            process.kill()


@cache
def _detector(seconds: float) -> bytes:
    """The detector of faces, made once by a process that sees no picture; it is only carried here, never read."""
    written = _answer(_started(["detector"]), b"", seconds)
    if not written:
        raise OSError("no detector")
    return written


def _started(arguments: list[str]) -> subprocess.Popen[bytes]:
    """A judging process, the first of a group of its own: those that it forks end with it."""
    return subprocess.Popen(
        [sys.executable, "-m", "daftar.portal.proxy.faces.judge", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"},
        process_group=0,
    )


def _answer(process: subprocess.Popen[bytes], given: bytes, seconds: float) -> bytes:
    """What it answers; raises when it is too slow or fails. It and all of its group have ended then."""
    try:
        answer, _ = process.communicate(given, timeout=seconds)
    except BaseException:
        with process, suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "judge")
    return answer
