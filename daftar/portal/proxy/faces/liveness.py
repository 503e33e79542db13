"""Liveness from five points of a face: did this head turn and come closer as it was asked to, in that order?

Pure: no picture, no clock. A head that turns moves its nose against its eyes, because the nose stands out; a picture of
a head that is turned, tilted or brought near moves nose and eyes alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from statistics import fmean

from daftar.portal.proxy.faces.port import Move, Outcome

TURNED = 0.1
"""Least shift of the nose, in distances between the eyes, of a turned head: about 13 degrees. A picture held at 40 cm
and turned by 40 degrees shows less than 0.03."""

STRAIGHT = 0.10
"""Most shift of the nose from its place of step 0 where the head is to look straight ahead."""

CLOSER = 1.2
"""How much larger the face must get."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """A face in a frame. `turn`: shift of the nose, positive towards the person's left; `size`: between the eyes."""

    turn: float
    size: float


def pose_of(points: Sequence[Point]) -> Pose:
    """The pose from dlib's five points: corners of the person's left eye, of the right eye, bottom of the nose."""
    left, right, nose = _middle(points[0], points[1]), _middle(points[2], points[3]), points[4]
    across = (left[0] - right[0], left[1] - right[1])
    size = hypot(*across)
    between = _middle(left, right)
    shift = ((nose[0] - between[0]) * across[0] + (nose[1] - between[1]) * across[1]) / (size * size)
    return Pose(shift, size)


def best_frames(moves: Sequence[Move], steps: Sequence[Sequence[Pose]]) -> tuple[Outcome, list[int]]:
    """Judge the poses of step 0 and of each move; with `accepted`, the frame of each step that shows it best.

    `steps[0]` looks straight ahead, `steps[n]` follows `moves[n - 1]`; none is empty.
    """
    usual = fmean(pose.turn for pose in steps[0])
    ahead = min(range(len(steps[0])), key=lambda index: abs(steps[0][index].turn - usual))
    start = steps[0][ahead]
    chosen = [ahead]
    for move, poses in zip(moves, steps[1:], strict=True):
        shown = [_shows(move, start, pose) for pose in poses]
        chosen.append(max(range(len(poses)), key=shown.__getitem__))
        if shown[chosen[-1]] < 1:
            return _refusal(start, steps), []
    return Outcome.ACCEPTED, chosen


def _shows(move: Move, start: Pose, pose: Pose) -> float:
    """How clearly a pose shows a move: 1 is just enough."""
    turned = pose.turn - start.turn
    if move is Move.CLOSER:
        return pose.size / start.size / CLOSER if abs(turned) <= STRAIGHT else 0.0
    return (turned if move is Move.LEFT else -turned) / TURNED


def _refusal(start: Pose, steps: Sequence[Sequence[Pose]]) -> Outcome:
    """A head that was never seen turning may be a picture; one that was did not do as asked."""
    turned = any(abs(pose.turn - start.turn) >= TURNED for poses in steps for pose in poses)
    return Outcome.WRONG_MOVE if turned else Outcome.STILL_PICTURE


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
