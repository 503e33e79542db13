"""The judging process: `python -m daftar.portal.proxy.faces.judge` reads one task, writes one finding, and ends.

A process of its own because dlib holds Python's lock, because a picture from outside may crash its decoder, and
because the time that it takes can then be ended.
"""

import resource
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy

from daftar.portal.proxy.faces.liveness import best_frames
from daftar.portal.proxy.faces.pictures import Picture, UnreadableError, frame_picture, reference_picture
from daftar.portal.proxy.faces.port import Outcome
from daftar.portal.proxy.faces.task import Found, Task

if TYPE_CHECKING:
    from daftar.portal.proxy.faces.seeing import Face

CPU_SECONDS = 30
MEMORY = 4 << 30


def main() -> None:
    """One task from standard input, one finding to standard output; or, asked for it, the detector for later tasks."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from daftar.portal.proxy.faces import seeing  # dlib is an extra

    if sys.argv[1:] == ["detector"]:
        sys.stdout.buffer.write(seeing.detector_written())
        return
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    if task.detector:
        seeing.detector_read(task.detector)
    sys.stdout.buffer.write(msgspec.msgpack.encode(judge(task)))


def judge(task: Task) -> Found:
    """Liveness first, for it is cheap; then whether it is one person, and the one of the reference.

    Without frames it is the reference photograph itself that is judged: may it be kept?
    """
    if not task.frames:
        return _usable(task.reference or b"")
    try:
        pictures = [frame_picture(jpeg) for _, jpeg in task.frames]
    except UnreadableError:
        return Found(Outcome.UNREADABLE)
    if len({picture.shape for picture in pictures}) > 1:
        return Found(Outcome.UNREADABLE)
    return _alive(task, pictures)


def _usable(photograph: bytes) -> Found:
    from daftar.portal.proxy.faces.seeing import faces_in  # dlib is an extra

    try:
        seen = faces_in(reference_picture(photograph))
    except UnreadableError:
        return Found(Outcome.UNREADABLE)
    return Found((Outcome.NO_FACE, Outcome.ACCEPTED, Outcome.TWO_FACES)[min(len(seen), 2)])


def _alive(task: Task, pictures: Sequence[Picture]) -> Found:
    from daftar.portal.proxy.faces.seeing import faces_in  # dlib is an extra

    seen = [faces_in(picture) for picture in pictures]
    if any(len(faces) > 1 for faces in seen):
        return Found(Outcome.TWO_FACES)
    places = [
        [place for place, (at, _) in enumerate(task.frames) if at == step and seen[place]]
        for step in range(len(task.moves) + 1)
    ]
    if not all(places):
        return Found(Outcome.NO_FACE)
    outcome, best = best_frames(task.moves, [[seen[place][0].pose for place in step] for step in places])
    if outcome is not Outcome.ACCEPTED:
        return Found(outcome)
    chosen = [step[index] for step, index in zip(places, best, strict=True)]
    return _same([pictures[place] for place in chosen], [seen[place][0] for place in chosen], task, chosen[0])


def _same(pictures: list[Picture], faces: list["Face"], task: Task, portrait: int) -> Found:
    from daftar.portal.proxy.faces.seeing import faces_in, likenesses

    if task.reference is not None:
        if _usable(task.reference).outcome is not Outcome.ACCEPTED:
            return Found(Outcome.NO_REFERENCE)
        reference = reference_picture(task.reference)
        known = faces_in(reference)
        pictures, faces = [*pictures, reference], [*faces, known[0]]
    straight, *others = likenesses(pictures, faces)
    distances = [float(numpy.linalg.norm(straight - other)) for other in others]
    distance = distances[-1] if task.reference is not None else None
    one = all(distance <= task.unlike for distance in distances)
    return Found(Outcome.ACCEPTED if one else Outcome.OTHER_PERSON, distance, portrait if one else None)


if __name__ == "__main__":
    main()
