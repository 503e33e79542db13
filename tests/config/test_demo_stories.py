"""The hand-written expectations of the demo against the real thing: feeds, law, spans, answers, on both databases.

The stories count their days from the moment at which the demo is made, so they are told at several moments: at the ends
of months and years, in a leap year.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from daftar.answers import Answer, Question, SharedWriter, TrackingCodes, ask
from daftar.config.demo.files import write_feeds
from daftar.config.demo.generate import Demo, generate
from daftar.config.demo.loading import load_feeds
from daftar.config.demo.stories.stage import Story
from daftar.store.connect import connect, transaction
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.outcomes import Channel, Ground, Mode, Setting

MOMENTS = [
    datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 15, tzinfo=UTC),  # already next year in both countries
    datetime(2027, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2027, 2, 28, 12, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2027, 8, 31, 12, 0, tzinfo=UTC),
]


def load(database_url: str, secrets: Secrets, at: datetime, folder: Path) -> Demo:
    """The stories alone, through the feeds."""
    demo = generate(at, persons=0)
    load_feeds(database_url, secrets, write_feeds(demo.facts, folder), at, Console(quiet=True))
    return demo


def answers(database_url: str, secrets: Secrets, stories: Sequence[Story], at: datetime) -> list[Answer]:
    """What is answered about each story, in specific mode."""
    questions = [
        Question(
            key=secrets.key(story.id_type, story.id_number),
            service_day=story.expected.service_date,
            jurisdiction=jurisdiction_of(story.id_type).code,
            channel=Channel.WEB,
            ground=Ground.OWN,
            setting=story.expected.setting,
            mode=Mode.SPECIFIC,
        )
        for story in stories
    ]
    conn = connect(database_url)
    try:
        with transaction(conn):
            told = ask(conn, questions, at=at, writer=SharedWriter(), tracking=TrackingCodes(secrets))
    finally:
        conn.close()
    return [each for each in told if isinstance(each, Answer)]


def disagreements(stories: Sequence[Story], told: Sequence[Answer]) -> list[str]:
    """Where an answer is not what was written by hand."""
    wrong = []
    for story, answer in zip(stories, told, strict=True):
        expected = story.expected
        want = (expected.status, expected.reason, expected.valid_until)
        got = (answer.status, answer.reason, answer.valid_until)
        if want != got:
            wrong.append(f"{story.about}: {' '.join(map(str, got))} instead of {' '.join(map(str, want))}")
    return wrong


@pytest.mark.parametrize("at", MOMENTS[:2], ids=str)
def test_every_story_is_answered_as_written(database_url: str, secrets: Secrets, at: datetime, tmp_path: Path) -> None:
    demo = load(database_url, secrets, at, tmp_path / "feeds")
    assert disagreements(demo.stories, answers(database_url, secrets, demo.stories, at)) == []


@pytest.mark.parametrize("at", MOMENTS[2:], ids=str)
def test_every_story_holds_whenever_the_demo_is_made(
    sqlite_template: Path, secrets: Secrets, at: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "daftar.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    demo = load(f"sqlite:///{path}", secrets, at, tmp_path / "feeds")
    assert disagreements(demo.stories, answers(f"sqlite:///{path}", secrets, demo.stories, at)) == []


def test_inpatient_stories_name_the_payers(database_url: str, secrets: Secrets, tmp_path: Path) -> None:
    """Two insurers in order; another one alone (S2.5)."""
    at = MOMENTS[0]
    demo = load(database_url, secrets, at, tmp_path / "feeds")
    stories = [story for story in demo.stories if story.expected.setting == Setting.INPATIENT]
    told = answers(database_url, secrets, stories, at)
    payers = [[payer.insurer for payer in answer.payers or ()] for answer in told]
    assert payers == [["ir-sso", "ir-health"], ["ir-armed-forces"]]
