"""Where a filing counts (S4.7, S4.8): situations a lawyer reads, and a plain oracle that shares no code."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from daftar.rules import destination
from daftar.rules.destination import (
    Counting,
    Opened,
    Scope,
    capitals,
    files_to_province,
    scopes,
    where_it_counts,
)
from daftar.rules.filing import categories
from daftar.rules.parameters import FOLDER, read_law_set
from daftar.terms.filings import FilingCategory
from daftar.terms.periods import Period
from tests.rules.destinations import law_folder, paths, question, situations

DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
CHINESE = sorted(codes for codes in paths().values() if codes[0].startswith("cn"))
ZHEJIANG, HANGZHOU, NINGBO = "cn-330000", "cn-330100", "cn-330200"


@pytest.mark.parametrize("situation", [pytest.param(each, id=each["name"]) for each in situations()])
def test_situation(situation: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = law_folder(situation.get("law", []), tmp_path / "law")
    monkeypatch.setattr(destination, "law_set", lambda code: read_law_set(folder / code))
    for sentence in situation["questions"]:
        path, day, right = question(sentence)
        scope = where_it_counts(path, day)
        assert (scope.counting, scope.files_to, scope.opens) == right, sentence
        assert bool(scope.reference) == (scope.counting != Counting.NO_RULE)


def oracle(path: tuple[str, ...], day: date) -> tuple[str, str, set[tuple[str, bool]]]:
    """The rule once more, in steps, from the files."""
    lists = {name: _in_force(name, day) for name in ("files_to_province", "capitals", "capital_opens_province")}
    if lists["files_to_province"] is None:
        return "no_rule", "", set()
    province = path[0]
    if province in lists["files_to_province"]:
        return "province", province, {(province, True)}
    city = path[1] if len(path) > 1 else None
    capital = province[:5] + "0100"
    assert capital in lists["capitals"]
    if city == capital or city is None:
        return "capital", city or province, {(province, False), (capital, True)}
    return "city", city, {(city, True)}


def _in_force(name: str, day: date) -> Any:
    content = yaml.safe_load((FOLDER / f"cn/destination/{name}.yaml").read_text(encoding="utf-8"))
    value = None
    for since, entry in sorted(content["values"].items()):
        if since <= day:
            value = entry["value"] if isinstance(entry, dict) else entry
    return value


@given(path=st.sampled_from(CHINESE), day=DAYS)
def test_every_region_of_china_on_any_day_as_the_oracle_says(path: tuple[str, ...], day: date) -> None:
    scope = where_it_counts(path, day)
    assert (scope.counting, scope.files_to, {tuple(each) for each in scope.opens}) == oracle(path, day)


@given(path=st.sampled_from(CHINESE), starts=DAYS, length=st.none() | st.integers(0, 40_000), probe=st.integers(0))
def test_the_pieces_of_a_period_are_the_period_and_each_says_what_its_days_say(
    path: tuple[str, ...], starts: date, length: int | None, probe: int
) -> None:
    period = Period(starts, None if length is None else starts + timedelta(days=length))
    pieces = scopes(path, period)
    assert pieces[0][0].starts == period.starts
    assert pieces[-1][0].ends == period.ends
    for (before, told), (after, other) in pairwise(pieces):
        assert before.ends is not None
        assert after.starts == before.ends + timedelta(days=1)
        assert told != other
    day = starts + timedelta(days=probe % ((length if length is not None else 40_000) + 1))
    assert [scope for piece, scope in pieces if day in piece] == [where_it_counts(path, day)]


def test_every_province_has_its_rule_and_every_other_one_its_capital() -> None:
    today = date(2026, 11, 22)
    provinces = {codes[0] for codes in CHINESE}
    enough = files_to_province("cn", today)
    assert len(provinces) == 31
    assert len(enough) == 6
    assert {code[:5] for code in capitals("cn", today)} | {code[:5] for code in enough} == {p[:5] for p in provinces}
    assert capitals("cn", today) <= {codes[1] for codes in CHINESE if len(codes) == 2}


def test_a_filing_across_a_change_of_the_law_is_told_in_pieces() -> None:
    pieces = scopes((ZHEJIANG, NINGBO), Period(date(2017, 6, 1), date(2023, 6, 30)))
    assert [(piece.starts, piece.ends) for piece, _ in pieces] == [
        (date(2017, 6, 1), date(2017, 12, 31)),
        (date(2018, 1, 1), date(2023, 6, 30)),
    ]
    assert pieces[0][1] == Scope(Counting.NO_RULE)
    assert pieces[1][1].reference.startswith("人社厅发〔2017〕162号")


@pytest.mark.parametrize("path", [("ir-8",), ("ir-8", "ir-8-333"), ("xx-1",), ("",)])
def test_where_nothing_is_filed_there_is_no_rule(path: tuple[str, ...]) -> None:
    assert where_it_counts(path, date(2026, 1, 1)).counting == Counting.NO_RULE
    assert files_to_province("ir", date(2026, 1, 1)) == capitals("ir", date(2026, 1, 1)) == frozenset()


def test_a_destination_has_a_region() -> None:
    with pytest.raises(ValueError, match="at least its province"):
        where_it_counts((), date(2026, 1, 1))


def test_the_six_regions_are_the_guides() -> None:
    names = {codes[0]: names[0] for names, codes in paths().items()}
    told = {names[code] for code in files_to_province("cn", date(2018, 3, 12))}
    assert told == {"北京市", "天津市", "上海市", "重庆市", "海南省", "西藏自治区"}


def test_the_capital_is_opened_with_all_below_and_the_provincial_level_alone() -> None:
    assert where_it_counts((ZHEJIANG,), date(2026, 1, 1)).opens == (Opened(ZHEJIANG, False), Opened(HANGZHOU, True))


FOUR = ["retired_resettled", "long_term_resident", "posted_worker", "referral"]


@pytest.mark.parametrize(("day", "known"), [(date(2017, 12, 31), []), (date(2018, 3, 12), FOUR)])
def test_categories_of_the_guides_time_have_no_groups(day: date, known: list[str]) -> None:
    assert categories("cn", day) == dict.fromkeys(known, "")


def test_categories_since_2023_are_for_long_or_for_a_time() -> None:
    assert list(categories("cn", date(2022, 12, 31))) == FOUR
    found = categories("cn", date(2023, 1, 1))
    assert found == dict.fromkeys(FOUR[:3], "long_term") | dict.fromkeys(
        ("referral", "emergency", "other_temporary"), "temporary"
    )
    assert set(found) == set(FilingCategory)
    assert categories("ir", date(2023, 1, 1)) == {}
