"""How long a face decision takes, from the capture to the finding; the issue says under 2 s.

python -m bench.face --rounds 10

The camera page sends fifteen frames, three of each step, with a judging process made ready as the page was opened. The
same is measured with none made ready, as when the capture reaches another process of the portal.
"""

import argparse
import io
import resource
import statistics
import time
from collections.abc import Sequence
from uuid import uuid4

from PIL import Image

from bench.report import Figure, show
from daftar.portal.proxy.faces.builtin import BuiltinVerifier
from daftar.portal.proxy.faces.judging import make_ready
from daftar.portal.proxy.faces.port import Frame, Move, Outcome, Question, Subject
from tests.portal.posing import EILEEN, GRACE, Sitter, filmed, portrait

LIMIT_SECONDS = 2.0
MOVES = (Move.LEFT, Move.CLOSER, Move.RIGHT, Move.LEFT)
STEPS = len(MOVES) + 1
SENT = 3
"""Frames of each step that the camera page sends."""

BEFORE_THE_CAMERA = 1.5
"""Seconds from opening the page to the capture; in truth it takes 25."""


def main() -> None:
    """The right person with few frames and with all, another person, and a picture on paper."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=10)
    rounds = options.parse_args().rounds
    right = [capture(EILEEN, each) for each in range(1, SENT + 1)]
    paper = capture(EILEEN, SENT, flat=True)
    cases = (
        *(("the right person", frames, Outcome.ACCEPTED, True) for frames in right),
        ("another person", capture(GRACE, SENT), Outcome.OTHER_PERSON, True),
        ("a picture on paper", paper, Outcome.STILL_PICTURE, True),
        ("the right person, nothing made ready", right[-1], Outcome.ACCEPTED, False),
    )
    figures = []
    for name, frames, expected, ready in cases:
        seconds, busy = measure(frames, expected, ready, rounds)
        what = f"face decision, {name}, {len(frames)} frames"
        figures += [Figure(what, "s", seconds), Figure(f"{what}: of the processor, making ready too", "s", busy)]
    show(figures)
    slowest = max(statistics.median(figure.values) for figure in figures[::2])
    print(f"slowest median {slowest:.2f} s of {LIMIT_SECONDS} s: {'kept' if slowest < LIMIT_SECONDS else 'MISSED'}")


def capture(sitter: Sitter, each: int, *, flat: bool = False) -> list[Frame]:
    """A capture of so many frames at each step."""
    frames = [frame for noise in range(each) for frame in filmed(sitter, MOVES, flat, noise)]
    return sorted(frames, key=lambda frame: frame.step)


def measure(frames: Sequence[Frame], expected: Outcome, ready: bool, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds a decision, by the clock and of the processor, after one warm-up."""
    written = io.BytesIO()
    Image.fromarray(portrait(EILEEN)).save(written, "JPEG", quality=92)
    question = Question(
        uuid4(), MOVES, frames, Subject(uuid4(), "cn-resident-id", "11010519491231002X", "某某"), written.getvalue()
    )
    seconds, busy = [], []
    for _ in range(rounds + 1):
        worked = processor()
        if ready:
            make_ready()
            time.sleep(BEFORE_THE_CAMERA)
        begin = time.perf_counter()
        found = BuiltinVerifier().verify(question)
        seconds.append(time.perf_counter() - begin)
        busy.append(processor() - worked)
        if found.outcome is not expected:
            raise SystemExit(f"{found} where {expected} was expected")
    return seconds[1:], busy[1:]


def processor() -> float:
    """Seconds that processes of ours which have ended were worked on."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
