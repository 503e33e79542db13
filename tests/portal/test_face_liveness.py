"""Liveness from points alone: heads that turn, pictures that are turned, and orders that were not asked for."""

from itertools import pairwise
from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daftar.portal.proxy.faces.challenge import MOVES, SEQUENCES
from daftar.portal.proxy.faces.liveness import Pose, best_frames, pose_of
from daftar.portal.proxy.faces.port import Move, Outcome

HEAD = [(47, 0, 0), (16, 0, 4), (-47, 0, 0), (-16, 0, 4), (0, 45, 28)]
"""Millimetres across, down, forward: corners of the person's left eye, of the right eye, bottom of the nose."""

PICTURE = [(x, y, 0) for x, y, _ in HEAD]
"""The same head on paper."""

SHOWN = {Move.LEFT: {"turned": 22}, Move.RIGHT: {"turned": -22}, Move.CLOSER: {"distance": 300}}


def seen(head: list, turned: float = 0, distance: float = 450, tilted: float = 0) -> Pose:
    """The pose of a head before a camera: turned to its own left, so many millimetres away, tilted sideways."""
    across, up = radians(turned), radians(tilted)
    points = []
    for x, y, z in head:
        x, z = x * cos(across) + z * sin(across), z * cos(across) - x * sin(across)
        x, y = x * cos(up) - y * sin(up), x * sin(up) + y * cos(up)
        points.append((600 * x / (distance - z), 600 * y / (distance - z)))
    return pose_of(points)


def capture(moves: tuple[Move, ...], head: list = HEAD, **always: float) -> list[list[Pose]]:
    """A straight frame, and for each move one on the way and one at its end."""
    steps = [[seen(head, **always)]]
    for move in moves:
        steps.append([seen(head, **always), seen(head, **(always | SHOWN[move]))])
    return steps


def test_a_turn_to_ones_own_left_is_positive() -> None:
    assert seen(HEAD, turned=20).turn > 0.12
    assert seen(HEAD, turned=-20).turn < -0.12
    assert abs(seen(HEAD, tilted=20).turn) < 0.01


@pytest.mark.parametrize("moves", SEQUENCES)
def test_who_does_as_asked_is_alive(moves: tuple[Move, ...]) -> None:
    outcome, best = best_frames(moves, capture(moves, tilted=10))
    assert outcome is Outcome.ACCEPTED
    assert best == [0] + [1] * len(moves)


@pytest.mark.parametrize("made", SEQUENCES)
def test_a_capture_made_for_other_moves_is_refused(made: tuple[Move, ...]) -> None:
    refused = {best_frames(asked, capture(made))[0] for asked in SEQUENCES if asked != made}
    assert refused == {Outcome.WRONG_MOVE}


@pytest.mark.parametrize("degrees", [22, 40])
@pytest.mark.parametrize("moves", SEQUENCES)
def test_a_picture_that_is_turned_and_brought_near_stays_a_picture(moves: tuple[Move, ...], degrees: float) -> None:
    moved = {Move.LEFT: {"turned": degrees}, Move.RIGHT: {"turned": -degrees}, Move.CLOSER: {"distance": 300}}
    steps = [[seen(PICTURE)], *([seen(PICTURE, **moved[move])] for move in moves)]
    assert best_frames(moves, steps)[0] is Outcome.STILL_PICTURE


@given(some.lists(some.tuples(some.floats(-4, 4), some.floats(-30, 30)), min_size=5, max_size=5))
def test_a_face_that_only_trembles_is_still(small: list[tuple[float, float]]) -> None:
    steps = [[seen(HEAD, turned=turned, tilted=tilted)] for turned, tilted in small]
    assert best_frames(SEQUENCES[0], steps)[0] is Outcome.STILL_PICTURE


@given(some.sampled_from(SEQUENCES), some.integers(0, MOVES - 1))
def test_no_move_may_be_left_out(moves: tuple[Move, ...], missing: int) -> None:
    steps = capture(moves)
    steps[missing + 1] = [seen(HEAD)]
    assert best_frames(moves, steps)[0] is not Outcome.ACCEPTED


def test_coming_closer_is_done_looking_ahead() -> None:
    moves = (Move.CLOSER, Move.LEFT)
    steps = [[seen(HEAD)], [seen(HEAD, turned=25, distance=300)], [seen(HEAD, turned=25)]]
    assert best_frames(moves, steps)[0] is Outcome.WRONG_MOVE


def test_every_challenge_asks_for_every_move_and_for_none_twice_in_a_row() -> None:
    assert len(set(SEQUENCES)) == len(SEQUENCES) == 18
    assert all(set(moves) == set(Move) and len(moves) == MOVES for moves in SEQUENCES)
    assert all(one is not other for moves in SEQUENCES for one, other in pairwise(moves))
