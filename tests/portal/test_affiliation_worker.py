"""`daftar work` answers files, and kill -9 at any moment loses and repeats nothing (S1.7, S1.29)."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone

from daftar.portal.affiliation import files, parts
from daftar.portal.affiliation.models import InquiryFile
from daftar.portal.journal.models import Inquiry
from tests.portal import officials

LINES = 4000
PATIENCE_SECONDS = 120


@contextmanager
def worker(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """`daftar work` on a database, ended with the block."""
    environment = os.environ | {"DAFTAR_DATABASE": url}
    process = subprocess.Popen([sys.executable, "-m", "daftar.config.cli", "work"], env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def sent() -> InquiryFile:
    """A file with every line about somebody, in small parts."""
    people = (officials.WORKER, officials.WIFE, officials.FORMER, officials.NOBODY)
    content = "number\n" + "".join(f"{people[line % 4][1]}\n" for line in range(LINES))
    return files.file_take_in(
        content=BytesIO(content.encode()),
        organisation=officials.FUND,
        kind="fund",
        account="fund",
        jurisdiction="ir",
        language="en",
        reference=("", None),
        at=timezone.now(),
    )


def wait_for(file: InquiryFile, lines: int) -> InquiryFile:
    """The file once at least so many lines are answered."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        now = InquiryFile.objects.get(id=file.id)
        if now.done >= lines:
            return now
        connection.close()
        time.sleep(0.02)
    raise AssertionError("the worker does not get on")


@pytest.mark.usefixtures("portal")
def test_killed_workers_lose_and_repeat_nothing(world_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LINES", dict.fromkeys(parts.LINES, 100))
    file = sent()
    for at_least in (1, LINES // 2):
        with worker(world_url) as process:
            wait_for(file, at_least)
            process.kill()
        left = InquiryFile.objects.get(id=file.id)
        assert left.state == "answering"
        assert Inquiry.objects.filter(channel="file", mode="affiliation").count() == left.done
    with worker(world_url), worker(world_url):
        done = wait_for(file, LINES)
    assert (done.state, done.done, done.problems) == ("answered", LINES, 0)
    assert set(done.outcomes.values()) == {LINES // 2, LINES // 4}
    assert Inquiry.objects.filter(channel="file", mode="affiliation").count() == LINES
    lines = b"".join(files.answers_of(done)).decode("utf-8-sig").splitlines()[1:]
    assert [int(line.partition(",")[0]) for line in lines] == list(range(2, LINES + 2))
