"""The judging process: made ready before the capture, one task each, ended with all it started, without secrets."""

import io
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from uuid import uuid4

import pytest
from PIL import Image
from structlog.testing import capture_logs

from daftar.portal.proxy.faces import judging
from daftar.portal.proxy.faces.builtin import BuiltinVerifier
from daftar.portal.proxy.faces.port import Move, Outcome, Question, Subject
from daftar.portal.proxy.faces.task import Task
from daftar.portal.proxy.verifying import capture_expected
from tests.portal.posing import EILEEN, filmed, portrait

MOVES = (Move.LEFT, Move.CLOSER, Move.RIGHT, Move.LEFT)

CRASHING = """
import os

class Detector:
    def __call__(self, picture, upsampled):
        os.abort()

def get_frontal_face_detector():
    return Detector()

def shape_predictor(model):
    return None

face_recognition_model_v1 = shape_predictor
"""
"""Instead of dlib: what a picture does that its decoder or dlib cannot bear."""


@pytest.fixture(autouse=True)
def _nobody_waits() -> Iterator[None]:
    """None waits before a test, and none is left by it."""
    forget()
    yield
    forget()


def forget() -> None:
    """End those that wait."""
    while (process := judging._made_ready()) is not None:
        with process:
            process.kill()


def until(come: Callable[[], object]) -> None:
    """Wait patiently for what takes as long as the machine needs."""
    end = time.monotonic() + 60
    while not come():
        assert time.monotonic() < end
        time.sleep(0.02)


def question(known: bool = True) -> Question:
    """The right person, in front of the camera."""
    written = io.BytesIO()
    Image.fromarray(portrait(EILEEN)).save(written, "PNG")
    subject = Subject(uuid4(), "cn-resident-id", "11010519491231002X", "某某")
    return Question(uuid4(), MOVES, filmed(EILEEN, MOVES), subject, written.getvalue() if known else None)


def one_waits() -> Popen[bytes]:
    """Have one made ready."""
    capture_expected(BuiltinVerifier())
    until(lambda: judging._waiting)
    return judging._waiting[0][0]


def test_who_was_made_ready_judges_and_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    process = one_waits()
    monkeypatch.setattr(judging, "_started", lambda arguments: pytest.fail("one waits"))
    assert BuiltinVerifier().verify(question(known=False)).outcome is Outcome.NO_REFERENCE
    assert judging._waiting[0][0] is process
    assert BuiltinVerifier().verify(question()).outcome is Outcome.ACCEPTED
    assert (judging._waiting, process.returncode) == ([], 0)


def test_who_has_died_or_is_about_to_give_up_is_given_no_task(monkeypatch: pytest.MonkeyPatch) -> None:
    process = one_waits()
    process.kill()
    process.wait()
    assert judging._made_ready() is None
    monkeypatch.setattr(judging, "WAITS", judging.SECONDS)
    late = one_waits()
    assert judging._made_ready() is None
    assert late.poll() is not None


def test_a_page_that_is_opened_again_and_again_makes_few_ready() -> None:
    judging._detector(judging.SECONDS)
    for _ in range(judging.MOST_READY + 2):
        judging._one_more()
    assert len(judging._waiting) == judging.MOST_READY


def test_a_process_that_is_too_slow_or_dies_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    task = judging.task_of(question(), None)
    assert judging.judged(task, seconds=0.05).outcome is Outcome.UNAVAILABLE
    monkeypatch.setattr(judging.sys, "executable", "/bin/false")
    assert judging.judged(task).outcome is Outcome.UNAVAILABLE


def test_a_picture_that_crashes_what_looks_at_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told at once, and nothing is decided."""
    (tmp_path / "dlib.py").write_text(CRASHING)
    monkeypatch.syspath_prepend(tmp_path)
    made = judging._answer(judging._started(["detector"]), b"", 60)
    monkeypatch.setattr(judging, "_detector", lambda seconds: made)
    with capture_logs() as logged:
        assert judging.judged(judging.task_of(question(), None), 60).outcome is Outcome.UNAVAILABLE
    assert [(each["error"], each["ended"]) for each in logged] == [("CalledProcessError", 1)]


def test_who_is_too_slow_ends_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spy = tmp_path / "python"
    spy.write_text('#!/bin/sh\nsleep 600 &\necho $! > "$0.started"\nwait\n')
    spy.chmod(0o700)
    monkeypatch.setattr(judging.sys, "executable", str(spy))
    process = judging._started([])
    until(lambda: spy.with_suffix(".started").exists() and spy.with_suffix(".started").read_text().endswith("\n"))
    with pytest.raises(TimeoutExpired):
        judging._answer(process, b"", 0.05)
    started = int(spy.with_suffix(".started").read_text())
    until(lambda: gone(started))


def gone(pid: int) -> bool:
    """Whether a process has ended, even where nobody has asked yet how."""
    status = Path(f"/proc/{pid}/status")
    try:
        os.kill(pid, 0)
        return "State:\tZ" in status.read_text()
    except (ProcessLookupError, FileNotFoundError):
        return True


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
