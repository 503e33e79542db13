"""Situations that a lawyer can read: tests/situations/*.yaml, one test each, asked of the engine and of the oracle."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from daftar.rules import law
from daftar.rules.engine.duckdb import Law, spans_of
from daftar.rules.parameters import FOLDER, read_law_set
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Reason
from tests.rules.answering import Spans
from tests.rules.households import facts
from tests.rules.oracle import Oracle
from tests.rules.situations import law_folder, people, question, situations

ALL = situations()


def test_there_are_at_least_sixty_and_each_names_its_source():
    assert len(ALL) >= 60
    assert all(situation["source"] for _, situation in ALL)
    assert len({situation["name"] for _, situation in ALL}) == len(ALL)


def test_every_reason_of_the_law_occurs():
    told = {question(sentence).reason for _, situation in ALL for sentence in situation["questions"]}
    never = {
        Reason.UNKNOWN_PERSON,
        Reason.OWN_PENSION,
    }  # nobody to ask about; a pension covers by itself, so none hears it
    assert set(Reason) - never - told == set()


@pytest.mark.parametrize("situation", [pytest.param(s, id=f"{stem}: {s['name']}") for stem, s in ALL])
def test_situation(situation: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = law_folder(situation.get("law", []), tmp_path / "law")
    humans = people(situation["facts"])
    if folder == FOLDER:
        spans = Spans(spans_of(facts(humans.values())))
    else:
        monkeypatch.setattr(law, "law_set", lambda code: read_law_set(folder / code))
        spans = Spans(Law(pa.string()).spans_of(facts(humans.values())))
    oracle = Oracle(humans, folder)
    for sentence in situation["questions"]:
        asked = question(sentence)
        insurer = asked.insurer or jurisdictions()[humans[asked.who].jurisdiction].insurer
        status, _, reason, until = spans.ask(asked.who, insurer, asked.day)
        assert (status, reason, until) == (asked.status, asked.reason, asked.until), sentence
        if asked.insurer is None:
            told, right = oracle.ask(asked.who, asked.day)
            assert told == asked.status, sentence
            assert asked.reason in {reason for _, reason in right}, sentence
