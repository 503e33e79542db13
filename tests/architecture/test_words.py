"""One English word per thing: the glossary holds the words of the tables and of the outcomes (design §3)."""

import re
from functools import cache

import pytest
from django.apps import apps

from daftar.terms import outcomes
from tests.architecture.tree import ROOT, named, python_files

BOOK_KEEPING = {
    *("cache_entry", "access_change", "client_assertion", "idempotency"),
    *("institution_term", "directory_change", "quiz_clock"),
    *("watch_duty", "tally_reading", "inquiry_span", "span_reading"),
    *("sms_taken", "sms_sender_hour"),
}
"""Tables of the machinery, which nobody speaks about."""

PLAIN = {"api", "own", "past", "due", "phone"}
"""Words that mean in table names what they mean everywhere."""

NOT_OUR_WORDS = ("premium", "policyholder", "claim_", "ticket", "subscriber", "beneficiar")


@cache
def entries() -> list[tuple[str, str, str, str]]:
    """Word, meaning, Persian and Chinese of each entry."""
    page = (ROOT / "docs/reference/glossary.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([^|]+) \| ([^|]+) \|([^|]*)\|([^|]*)\|", page, re.M)
    return [entry for entry in found if entry[0] != "word"]


@cache
def words() -> set[str]:
    """Every English word of the glossary's first two columns."""
    return {word for name, meaning, *_ in entries() for word in re.findall(r"[a-z_]+", f"{name} {meaning}".lower())}


def test_each_table_is_named_by_words_of_the_glossary() -> None:
    """`feed_batch` is feed and batch."""
    tables = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("daftar.")}
    known = {word for name, *_ in entries() for word in re.findall(r"[a-z]+", name.lower())} | PLAIN
    strange = {f"{table}: {word}" for table in tables - BOOK_KEEPING for word in table.split("_") if word not in known}
    assert not strange


@pytest.mark.parametrize("enum", [outcomes.Kind, outcomes.Relation, outcomes.Status, outcomes.Mode, outcomes.Setting])
def test_each_word_of_an_outcome_is_in_the_glossary(enum: type) -> None:
    """Kinds, relations, statuses, modes, settings."""
    assert {member.value for member in enum} <= words()  # type: ignore[attr-defined]


def test_the_glossary_speaks_three_languages() -> None:
    """Persian or Chinese is empty only for what exists in one country."""
    assert len(entries()) > 40
    assert [word for word, _, persian, chinese in entries() if not (persian.strip() or chinese.strip())] == []
    assert sum(1 for *_, persian, chinese in entries() if persian.strip() and chinese.strip()) > 40


def test_words_of_other_insurers_are_not_used_in_names() -> None:
    """The column *not* of the glossary; FHIR's own folder may say what FHIR says."""
    used = [
        f"{named(path)}: {name}"
        for path in python_files("daftar")
        if "fhir" not in path.parts
        for name in re.findall(r"^\s*(?:def|class) (\w+)", path.read_text(encoding="utf-8"), re.M)
        if any(word in name.lower() for word in NOT_OUR_WORDS)
    ]
    assert not used
