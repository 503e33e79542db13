"""A file is decoded by a process of its own, which has limits and knows no secret."""

import subprocess
import sys
import threading
from uuid import uuid4

import pytest

from daftar.portal.cases.materials import apart
from daftar.portal.cases.materials.apart import made_apart
from daftar.portal.cases.materials.limits import CHILDREN_AT_ONCE
from daftar.terms.misunderstood import Misunderstood
from tests.portal import making_files as make

FAULTS = {
    "silence": "sys.exit(0)",
    "memory": "bytearray(2**31)",
    "time": "while True: pass",
    "fault": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "disk": "open(sys.argv[2], 'wb', buffering=0).write(b'x')",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_decoder_that_runs_wild_ends_alone(fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """The child's real limits, with a decoder that eats memory, never ends, dies, or writes to the disk."""
    trace = tmp_path / "trace"
    program = (
        "import sys, resource; from daftar.portal.cases.materials import child; "
        "child.CHILD_PROCESSOR_SECONDS = 1; child.limit()\n"
    ) + FAULTS[fault]
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-s", "-P", "-c", program, "x", str(trace)])
    with pytest.raises(Misunderstood, match="material_too_complex"):
        made_apart("material", b"")
    assert not trace.exists() or trace.read_bytes() == b""


def test_a_child_that_sleeps_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(apart, "CHILD_SECONDS", 0.5)
    with pytest.raises(Misunderstood, match="material_too_complex"):
        made_apart("material", b"")


def test_the_child_knows_no_settings_and_no_framework(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the database's address nor the secret's place is in its environment; Django is not loaded."""
    told = str(uuid4())
    monkeypatch.setenv("DAFTAR_DATABASE", told)
    program = (
        "import os, sys; from daftar.portal.cases.materials import child; "
        "print(sorted(os.environ), [name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')])"
    )
    done = subprocess.run(
        [sys.executable, "-s", "-P", "-c", program], env=apart.ENVIRONMENT, capture_output=True, text=True, check=True
    )
    names, loaded = done.stdout.strip().rsplit(" [", 1)
    assert loaded == "]"
    assert "DAFTAR" not in names
    assert told not in done.stdout


def test_only_some_run_at_once_and_the_next_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WAIT_FOR_A_CHILD", 0.2)
    for _ in range(CHILDREN_AT_ONCE):
        apart._places.acquire()
    try:
        with pytest.raises(Misunderstood, match="material_busy"):
            made_apart("material", make.photograph())
    finally:
        for _ in range(CHILDREN_AT_ONCE):
            apart._places.release()
    assert made_apart("material", make.photograph()).media_type == "image/jpeg"


def test_many_at_once_are_all_answered() -> None:
    """Places are given back, also after a refusal."""
    answers: list[str] = []

    def send(content: bytes) -> None:
        try:
            answers.append(made_apart("material", content).media_type)
        except Misunderstood as problem:
            answers.append(problem.code)

    files = [make.photograph(), make.bytes_of(make.pdf()), b"\xff\xd8\xff", b"%PDF-1.7"] * 2
    threads = [threading.Thread(target=send, args=(content,)) for content in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == sorted(["application/pdf", "image/jpeg", "material_damaged", "material_damaged"] * 2)
