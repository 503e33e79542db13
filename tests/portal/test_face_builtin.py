"""The built-in verifier with its real models: the right person, another, pictures of them, and what is no picture."""

import io
import struct
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image, ImageFile

from daftar.portal.proxy.faces import judging
from daftar.portal.proxy.faces.builtin import BuiltinVerifier, reference_outcome
from daftar.portal.proxy.faces.challenge import SEQUENCES
from daftar.portal.proxy.faces.judge import judge
from daftar.portal.proxy.faces.port import Frame, Move, Outcome, Question, Subject
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


def test_a_still_picture_is_refused() -> None:
    still = [Frame(step, jpeg(shown(EILEEN), step)) for step in range(5)]
    assert found(still, reference(EILEEN)).outcome is Outcome.STILL_PICTURE


def test_a_picture_on_paper_that_is_turned_and_brought_near_is_refused() -> None:
    assert found(filmed(EILEEN, MOVES, flat=True), reference(EILEEN)).outcome is Outcome.STILL_PICTURE


def test_a_recording_made_for_another_challenge_is_refused() -> None:
    assert found(filmed(EILEEN, OTHER_MOVES), reference(EILEEN)).outcome is Outcome.WRONG_MOVE


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


def question(known: bytes | None) -> Question:
    subject = Subject(uuid4(), "cn-resident-id", "11010519491231002X", "某某")
    return Question(uuid4(), MOVES, filmed(EILEEN, MOVES), subject, known)


def test_the_verifier_decides_in_a_process_of_its_own() -> None:
    finding = BuiltinVerifier().verify(question(reference(EILEEN)))
    assert finding.outcome is Outcome.ACCEPTED
    assert BuiltinVerifier().verify(question(None)).outcome is Outcome.NO_REFERENCE


def test_a_process_that_is_too_slow_or_dies_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    task = judging.task_of(question(reference(EILEEN)), reference(EILEEN))
    assert judging.judged(task, seconds=0.05).outcome is Outcome.UNAVAILABLE
    monkeypatch.setattr(judging.sys, "executable", "/bin/false")
    assert judging.judged(task).outcome is Outcome.UNAVAILABLE


def test_the_process_gets_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spy = tmp_path / "python"
    spy.write_text('#!/bin/sh\nenv > "$(dirname "$0")/seen"\n')
    spy.chmod(0o700)
    monkeypatch.setenv("DAFTAR_DATABASE", "postgresql://daftar:a-password@db/daftar")
    monkeypatch.setattr(judging.sys, "executable", str(spy))
    judging.judged(Task([], [], b""))
    seen = (tmp_path / "seen").read_text()
    assert "PYTHONPATH" in seen
    assert "a-password" not in seen


def test_somebody_in_the_background_does_not_count() -> None:
    room = empty_room().copy()
    room[60:460, 20:420] = shown(EILEEN, nearer=1.1)[40:440, 120:520]
    behind = Image.fromarray(shown(GRACE)).resize((240, 180))
    room[250:430, 400:640] = behind
    assert len(faces_in(room)) == 1
