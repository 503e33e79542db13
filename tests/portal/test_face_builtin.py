"""The built-in verifier with its real models: the right person, another, pictures of them, and what is no picture."""

import io
import struct

import pytest
from PIL import Image, ImageFile

from daftar.portal.proxy.faces.builtin import reference_outcome
from daftar.portal.proxy.faces.challenge import SEQUENCES
from daftar.portal.proxy.faces.judge import judge
from daftar.portal.proxy.faces.port import Frame, Move, Outcome
from daftar.portal.proxy.faces.seeing import faces_in
from daftar.portal.proxy.faces.task import UNLIKE, Found, Task
from tests.portal.posing import EILEEN, GRACE, Sitter, beside, empty_room, filmed, jpeg, portrait, shown

MOVES = (Move.LEFT, Move.CLOSER, Move.RIGHT, Move.LEFT)
OTHER_MOVES = (Move.RIGHT, Move.LEFT, Move.CLOSER, Move.LEFT)


def reference(sitter: Sitter) -> bytes:
    """The registry's photograph: the portrait as it is, as PNG."""
    written = io.BytesIO()
    Image.fromarray(portrait(sitter)).save(written, "PNG")
    return written.getvalue()


def found(frames: list[Frame], known: bytes | None, moves: tuple[Move, ...] = MOVES) -> Found:
    """What the judging process finds, here in the test's own process."""
    return judge(Task(list(moves), [(frame.step, frame.jpeg) for frame in frames], known))


def put(frames: list[Frame], step: int, written: bytes) -> list[Frame]:
    """A capture with another picture at one step."""
    return [Frame(step, written) if frame.step == step else frame for frame in frames]


@pytest.mark.parametrize(("sitter", "moves"), [(EILEEN, SEQUENCES[0]), (GRACE, SEQUENCES[-1])], ids=["eileen", "grace"])
def test_the_right_person_is_accepted(sitter: Sitter, moves: tuple[Move, ...]) -> None:
    it = found(filmed(sitter, moves), reference(sitter), moves)
    assert (it.outcome, it.portrait) == (Outcome.ACCEPTED, 0)
    assert it.distance is not None
    assert it.distance < 0.35


@pytest.mark.parametrize(("sitter", "known"), [(EILEEN, GRACE), (GRACE, EILEEN)], ids=["grace", "eileen"])
def test_another_person_is_refused(sitter: Sitter, known: Sitter) -> None:
    it = found(filmed(sitter, MOVES), reference(known))
    assert it.outcome is Outcome.OTHER_PERSON
    assert it.distance is not None
    assert it.distance > UNLIKE + 0.1


def test_somebody_else_cannot_make_the_moves() -> None:
    """The member's face at the start and most of the time, and once the principal's head that turns."""
    frames = put(filmed(EILEEN, MOVES), 3, filmed(GRACE, MOVES)[3].jpeg)
    assert found(frames, reference(EILEEN)).outcome is Outcome.OTHER_PERSON


def test_whoever_only_sits_there_between_the_moves_is_seen_too() -> None:
    """Eileen looks ahead and makes every move; Grace, who turns too little for a move, has her place meanwhile."""
    passing = {move: jpeg(shown(GRACE, turned=4), 50 + number) for number, move in enumerate(Move)}
    frames = [filmed(EILEEN, MOVES)[0]]
    for frame, move in zip(filmed(EILEEN, MOVES)[1:], MOVES, strict=True):
        frames += [Frame(frame.step, passing[move]), frame, Frame(frame.step, passing[move])]
    assert found(frames, reference(EILEEN)).outcome is Outcome.OTHER_PERSON


def test_a_still_picture_is_refused() -> None:
    still = [Frame(step, jpeg(shown(EILEEN), step)) for step in range(5)]
    assert found(still, reference(EILEEN)).outcome is Outcome.STILL_PICTURE


def test_a_picture_on_paper_that_is_turned_and_brought_near_is_refused() -> None:
    assert found(filmed(EILEEN, MOVES, flat=True), reference(EILEEN)).outcome is Outcome.STILL_PICTURE


def test_a_recording_made_for_another_challenge_is_refused() -> None:
    assert found(filmed(EILEEN, OTHER_MOVES), reference(EILEEN)).outcome is Outcome.WRONG_MOVE


def test_the_frames_of_one_film_sorted_into_the_moves_are_taken_for_a_live_face() -> None:
    """What no order of moves keeps out (ADR 0016): as a whole the film does not fit, its frames do.

    Only what comes before the judge knows such frames, when one of them was sent before (`test_face_captures`).
    """
    film = filmed(EILEEN, OTHER_MOVES)
    sorted_in = [Frame(step, film[place].jpeg) for step, place in enumerate((0, 2, 3, 1, 4))]
    assert found(film, reference(EILEEN)).outcome is Outcome.WRONG_MOVE
    assert found(sorted_in, reference(EILEEN)).outcome is Outcome.ACCEPTED


def test_nobody_and_two_people_before_the_camera() -> None:
    frames = filmed(EILEEN, MOVES)
    assert found(put(frames, 2, jpeg(empty_room())), reference(EILEEN)).outcome is Outcome.NO_FACE
    assert found(put(frames, 0, jpeg(beside(EILEEN, GRACE))), reference(EILEEN)).outcome is Outcome.TWO_FACES


def bomb() -> bytes:
    """A JPEG of a few hundred bytes that says it has 60 megapixels."""
    written = bytearray(jpeg(empty_room()[:16, :16]))
    size = written.index(b"\xff\xc0") + 5
    written[size : size + 4] = struct.pack(">HH", 6_000, 10_000)
    return bytes(written)


def test_what_is_no_camera_picture_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    frames = filmed(EILEEN, MOVES)
    small = io.BytesIO()
    Image.fromarray(shown(EILEEN)).resize((320, 240)).save(small, "JPEG")
    png = io.BytesIO()
    Image.fromarray(shown(EILEEN)).save(png, "PNG")
    for written in (b"", b"<svg/>", frames[3].jpeg[:2000], small.getvalue(), png.getvalue(), bomb()):
        assert found(put(frames, 3, written), reference(EILEEN)).outcome is Outcome.UNREADABLE


def test_which_photographs_may_be_kept_as_a_reference() -> None:
    """Each judged in the real process: none, one and two faces, and files that are no photograph."""
    assert reference_outcome(reference(EILEEN)) is Outcome.ACCEPTED
    assert reference_outcome(jpeg(empty_room())) is Outcome.NO_FACE
    assert reference_outcome(jpeg(beside(EILEEN, GRACE))) is Outcome.TWO_FACES
    assert reference_outcome(bomb()) is Outcome.UNREADABLE
    for known in (jpeg(empty_room()), jpeg(beside(EILEEN, GRACE)), b"no photograph"):  # found before any likeness
        assert found(filmed(EILEEN, MOVES), known).outcome is Outcome.NO_REFERENCE


def test_somebody_in_the_background_does_not_count() -> None:
    room = empty_room().copy()
    room[60:460, 20:420] = shown(EILEEN, nearer=1.1)[40:440, 120:520]
    behind = Image.fromarray(shown(GRACE)).resize((240, 180))
    room[250:430, 400:640] = behind
    assert len(faces_in(room)) == 1
