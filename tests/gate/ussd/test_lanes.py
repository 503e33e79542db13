"""The same request through two lanes at once is answered and journalled once; a bad one fails nobody else."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from daftar.answers import Answer, Question, TrackingCodes
from daftar.gate.answering import Answering
from daftar.gate.lanes import Entry, Lane, Unavailable
from daftar.gate.ussd.heard import Said
from daftar.terms.outcomes import Channel, Ground
from tests.gate.through import through
from tests.gate.ussd.conftest import COVERED, DOCTOR, LAPSED, OWN, Telephones


def told_by(lane: Lane, entries: list[Entry]) -> list[Said]:
    """What is said to each; asked again as gateways do where a busy machine lets a lock be waited for in vain."""
    said: dict[int, Said] = {}
    for _ in range(30):
        places = [place for place in range(len(entries)) if place not in said]
        for place, (told,) in zip(places, through(lane, [entries[place] for place in places]), strict=True):
            if isinstance(told, Said):
                said[place] = told
        if len(said) == len(entries):
            break
    return [said[place] for place in range(len(entries))]


@pytest.fixture
def lanes(telephones: Telephones):
    made = [
        Lane(f"lane-{n}", telephones.url, Answering(telephones.secrets, TrackingCodes(telephones.secrets)))
        for n in range(2)
    ]
    for lane in made:
        lane.start()
    yield made
    for lane in made:
        lane.stop()


@pytest.mark.parametrize("begun", [False, True], ids=["begin", "go on"])
def test_two_lanes_take_the_same_words_once(telephones: Telephones, lanes: list[Lane], begun: bool) -> None:
    telephones.at = datetime.now(UTC)  # as the lanes
    if begun:
        telephones.say(*(telephones.heard(DOCTOR, f"at once {n}", "2") for n in range(8)))
    batch: list[Entry] = [
        [telephones.heard(DOCTOR, f"at once {n}", "2", number)] for n in range(8) for number in (COVERED, COVERED)
    ]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(told_by, lanes, [batch, batch[::-1]])
    texts = [[said.text for said in each] for each in (first, second[::-1])]
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 8
    assert len(telephones.journal()) == 8


def test_a_dialogue_and_its_journal_are_there_together_or_not_at_all(telephones: Telephones, lanes: list[Lane]) -> None:
    telephones.registry.write(("ALTER TABLE ussd_answer RENAME TO ussd_answer_away", []))
    (failed,) = through(lanes[0], [[telephones.heard(OWN, "together", "1", COVERED)]])
    assert failed == [Unavailable()]
    assert telephones.journal() == []
    telephones.registry.write(("ALTER TABLE ussd_answer_away RENAME TO ussd_answer", []))
    (told,) = told_by(lanes[0], [[telephones.heard(OWN, "together", "1", COVERED)]])
    assert told.told
    assert len(telephones.journal()) == 1


def test_inquiries_of_systems_and_telephones_share_a_batch(telephones: Telephones, lanes: list[Lane]) -> None:
    day = date(2026, 11, 22)
    key = telephones.secrets.key("ir-national-code", LAPSED)
    question = Question(key, day, "ir", Channel.API, Ground.AGREEMENT, organisation="provider-1")
    heard = telephones.heard(OWN, "a", "1", COVERED)
    results = through(lanes[0], [[question], [heard], [question]])
    while [Unavailable()] in results:
        results = through(lanes[0], [[question], [heard], [question]])
    assert [type(told) for (told,) in results] == [Answer, Said, Answer]
    assert sorted({str(row[5]) for row in telephones.journal()}) == ["api", "ussd"]


def test_batches_that_wait_for_each_other_are_done_again_in_halves(tmp_path: Path) -> None:
    """The one entry that crosses again and again fails alone: the others are committed and must be told."""

    def answering(conn: object, questions: Sequence[object], *, at: datetime, writer: object) -> list[object]:
        if "crossed" in questions or len(questions) == 4:
            raise psycopg.errors.DeadlockDetected
        return list(questions)

    lane = Lane("crossed", f"sqlite://{tmp_path}/empty.sqlite3", answering)  # type: ignore[arg-type]
    lane.start()
    results = through(lane, [["a"], ["b"], ["crossed"], ["c"]])  # type: ignore[list-item]
    lane.stop()
    assert results == [["a"], ["b"], [Unavailable()], ["c"]]
