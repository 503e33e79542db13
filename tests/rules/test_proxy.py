"""Who may be bound to whom, and how (S3.2-S3.10): situations a lawyer reads, and a count of birthdays."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.rules.proxy import (
    CommitmentReason,
    ServiceReason,
    commitment_ends,
    commitment_reason,
    may_confirm_themself,
    serves,
    service_reason,
)
from tests.rules.services import path, sentence_of, situations, with_law

SERVICE = r"(?P<principal>\D+) for (?P<member>\D+) on (?P<day>\S+) is (?P<reason>\w+)"
COMMITMENT = (
    r"born on (?P<born>\d\S+|no known day) is by commitment on (?P<day>\S+) (?P<reason>\w+)(?: until (?P<until>\S+))?"
)
OWN = r"(?P<path>\D+) on (?P<day>\S+) may (?P<no>not )?confirm themself"


@pytest.mark.parametrize("situation", situations("proxy/bindings"))
def test_situation(situation: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_law(situation.get("law", []), tmp_path / "law", monkeypatch)
    for sentence in situation["questions"]:
        if " for " in sentence:
            words = sentence_of(SERVICE)(sentence)
            day = date.fromisoformat(words["day"])
            assert service_reason(path(words["principal"]), path(words["member"]), day) == words["reason"], sentence
        elif sentence.startswith("born"):
            _check_commitment(sentence)
        else:
            words = sentence_of(OWN)(sentence)
            day = date.fromisoformat(words["day"])
            assert may_confirm_themself(path(words["path"]), day) == (not words["no"]), sentence


def _check_commitment(sentence: str) -> None:
    words = sentence_of(COMMITMENT)(sentence)
    day = date.fromisoformat(words["day"])
    born = date.fromisoformat(words["born"]) if words["born"][0].isdigit() else None
    assert commitment_reason(born, day, "cn") == words["reason"], sentence
    if words["until"]:
        assert born is not None
        assert commitment_ends(born, day, "cn") == date.fromisoformat(words["until"]), sentence


def test_who_is_insured_nowhere_is_not_served() -> None:
    today, jiangxi = date(2026, 11, 22), ("cn-360000",)
    assert serves(jiangxi, today)
    assert not serves((), today)
    assert not serves(("",), today)
    assert service_reason((), jiangxi, today) == ServiceReason.PRINCIPAL_NOT_SERVED
    assert service_reason(jiangxi, (), today) == ServiceReason.MEMBER_NOT_SERVED
    assert not may_confirm_themself((), today)


def test_where_there_is_no_proxy_service_there_is_no_commitment() -> None:
    born, today = date(2020, 1, 1), date(2026, 11, 22)
    assert commitment_reason(born, today, "ir") == CommitmentReason.NO_RULE
    assert commitment_ends(born, today, "ir") is None


@given(born=st.dates(date(2009, 1, 1), date(2026, 11, 22)), at=st.integers(0, 7000))
def test_a_commitment_stands_on_each_day_before_the_16th_birthday_and_on_no_later_one(born: date, at: int) -> None:
    day = max(born + timedelta(days=at), date(2024, 7, 3))
    birthdays = sum(
        (year, born.month, born.day) <= (day.year, day.month, day.day) for year in range(born.year + 1, 2100)
    )
    ends = commitment_ends(born, day, "cn")
    assert ends is not None
    assert (commitment_reason(born, day, "cn") == CommitmentReason.ALLOWED) == (birthdays < 16) == (day <= ends)
