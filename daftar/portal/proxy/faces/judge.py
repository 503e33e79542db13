"""The judging process, `python -m daftar.portal.proxy.faces.judge`: makes ready, reads a task, writes a finding, ends.

A process of its own because dlib holds Python's lock, because a picture from outside may crash its decoder, and
because the time that it takes can then be ended. It may be started long before its task, and ends with it, so that no
capture meets what another has left behind. Pictures are looked at by processes that it forks, one for each core.
"""

import multiprocessing
import os
import resource
import select
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from random import SystemRandom
from typing import TYPE_CHECKING, Any

import msgspec
import numpy

from daftar.portal.proxy.faces.liveness import best_frames
from daftar.portal.proxy.faces.pictures import UnreadableError
from daftar.portal.proxy.faces.port import Outcome
from daftar.portal.proxy.faces.task import WAITS, Found, Task

if TYPE_CHECKING:
    from daftar.portal.proxy.faces.seeing import Face, Seen

CPU_SECONDS = 30
MEMORY = 4 << 30
MOST_CORES = 4

OTHERS = 2
"""Faces that show no move and are compared too, drawn by lot: nobody knows when somebody else may take the place."""

Mapped = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""`map`, or one for which several processes work."""


def main() -> None:
    """One task from standard input, one finding to standard output; or, asked for it, the detector for later tasks."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from daftar.portal.proxy.faces import seeing  # dlib is an extra

    if sys.argv[1:] == ["detector"]:
        sys.stdout.buffer.write(seeing.detector_written())
        return
    seeing.models_read()
    asked, _, _ = select.select([sys.stdin], [], [], WAITS)
    written = sys.stdin.buffer.read() if asked else b""
    if not written:
        return  # nobody came before the camera, or whoever started us is gone
    task = msgspec.msgpack.decode(written, type=Task)
    if task.detector:
        seeing.detector_read(task.detector)
    cores = min(os.cpu_count() or 1, MOST_CORES)
    with ProcessPoolExecutor(cores, multiprocessing.get_context("fork")) as pool:
        sys.stdout.buffer.write(msgspec.msgpack.encode(judge(task, pool.map)))


def judge(task: Task, mapped: Mapped = map) -> Found:
    """Liveness first, for it is cheap; then whether it is one person, and the one of the reference.

    Without frames it is the reference photograph itself that is judged: may it be kept?
    """
    from daftar.portal.proxy.faces.seeing import seen_in_frame, seen_in_reference  # dlib is an extra

    known = mapped(seen_in_reference, [] if task.reference is None else [task.reference])
    seen = mapped(seen_in_frame, [jpeg for _, jpeg in task.frames])
    if not task.frames:
        return Found(_usable(known)[0])
    try:
        return _alive(task, list(seen), known, mapped)
    except UnreadableError:
        return Found(Outcome.UNREADABLE)


def _usable(known: Iterable["Seen"]) -> tuple[Outcome, list["Face"]]:
    """Whether a reference photograph shows one face, and that face."""
    try:
        faces = [face for seen in known for face in seen.faces]
    except UnreadableError:
        return Outcome.UNREADABLE, []
    return (Outcome.NO_FACE, Outcome.ACCEPTED, Outcome.TWO_FACES)[min(len(faces), 2)], faces


def _alive(task: Task, seen: Sequence["Seen"], known: Iterable["Seen"], mapped: Mapped) -> Found:
    if len({each.size for each in seen}) > 1:
        return Found(Outcome.UNREADABLE)
    if any(len(each.faces) > 1 for each in seen):
        return Found(Outcome.TWO_FACES)
    places = [
        [place for place, (at, _) in enumerate(task.frames) if at == step and seen[place].faces]
        for step in range(len(task.moves) + 1)
    ]
    if not all(places):
        return Found(Outcome.NO_FACE)
    outcome, best = best_frames(task.moves, [[seen[place].faces[0].pose for place in step] for step in places])
    if outcome is not Outcome.ACCEPTED:
        return Found(outcome)
    chosen = [step[index] for step, index in zip(places, best, strict=True)]
    rest = [place for step in places for place in step if place not in chosen]
    compared = chosen + SystemRandom().sample(rest, min(OTHERS, len(rest)))
    return _same([seen[place].faces[0] for place in compared], task, known, chosen[0], mapped)


def _same(faces: list["Face"], task: Task, known: Iterable["Seen"], portrait: int, mapped: Mapped) -> Found:
    """Whether all of them are the first, and the one of the reference."""
    from daftar.portal.proxy.faces.seeing import described

    if task.reference is not None:
        usable, reference = _usable(known)
        if usable is not Outcome.ACCEPTED:
            return Found(Outcome.NO_REFERENCE)
        faces = [*faces, *reference]
    straight, *others = mapped(described, [face.chip for face in faces])
    distances = [float(numpy.linalg.norm(straight - other)) for other in others]
    distance = distances[-1] if task.reference is not None else None
    one = all(distance <= task.unlike for distance in distances)
    return Found(Outcome.ACCEPTED if one else Outcome.OTHER_PERSON, distance, portrait if one else None)


if __name__ == "__main__":
    main()
