"""What passes between a verifier and the judging process."""

import msgspec

from daftar.portal.proxy.faces.port import Move, Outcome

UNLIKE = 0.5
"""Most distance between two faces of one person. The net was made for 0.6; it takes strangers for one person more often
where its teachers had few faces, in East Asia first, so less is allowed (ADR 0016)."""

WAITS = 300.0
"""Seconds that a judging process which was made ready waits for its task: longer than a challenge lasts."""


class Task(msgspec.Struct):
    """What one process is to judge: frames by step, and with whom to compare; `unlike` is the most distance allowed."""

    moves: list[Move]
    frames: list[tuple[int, bytes]]
    reference: bytes | None
    unlike: float = UNLIKE
    detector: bytes = b""  # as `seeing.detector_written` wrote it; empty: made anew, which takes most of a second


class Found(msgspec.Struct):
    """What it found; `portrait` is the place in `frames` of the best frame that looks straight ahead."""

    outcome: Outcome
    distance: float | None = None
    portrait: int | None = None
