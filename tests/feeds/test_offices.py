"""Newest fact and last contact of each office and table (S2.15)."""

from datetime import timedelta

import pytest

from daftar.feeds.report import problem_text
from daftar.terms.texts import LANGUAGES
from tests.feeds.conftest import NOON, Registry, as_csv, person


def lag(registry: Registry) -> dict[tuple[str, str], tuple[str, str]]:
    found = registry.query('SELECT office, "table", newest_fact, last_contact FROM feed_office')
    return {(office, table): (newest, contact) for office, table, newest, contact in found}


def row(number: int, office: str, recorded_at: str) -> dict[str, str]:
    return person(number, office=office, recorded_at=recorded_at)


def test_each_office_keeps_its_newest_fact(registry: Registry) -> None:
    rows = [row(1, "10", "2026-11-01T00:00:00Z"), row(2, "10", "2026-11-05T00:00:00Z"), row(3, "20", "")]
    registry.load("persons", rows)
    assert lag(registry) == {
        ("10", "persons"): ("2026-11-05 00:00:00", "2026-11-21 12:00:00"),
        ("20", "persons"): ("2026-11-21 12:00:00", "2026-11-21 12:00:00"),
    }


def test_older_facts_are_a_contact_too(registry: Registry) -> None:
    registry.load("persons", [row(1, "10", "2026-11-05T00:00:00Z")])
    registry.load("persons", [row(1, "10", "2026-11-01T00:00:00Z")], at=NOON + timedelta(hours=1))
    assert lag(registry) == {("10", "persons"): ("2026-11-05 00:00:00", "2026-11-21 13:00:00")}


def test_the_pushing_office_stands_for_rows_that_name_none(registry: Registry) -> None:
    registry.load("persons", [person(1), row(2, "10", "")], office="30")
    assert {office for office, _ in lag(registry)} == {"10", "30"}
    assert {each["office"] for each in registry.content("persons")} == {"10", "30"}


def test_a_file_loaded_for_the_wrong_office_is_put_right_by_the_right_one(registry: Registry) -> None:
    """Rows with and without a time of their own; each office's load is one, however often it comes."""
    rows = [person(1), row(2, "", "2026-11-05T00:00:00Z"), row(3, "10", "2026-11-05T00:00:00Z")]
    for office in ("", "78", "77"):
        assert not registry.load("persons", rows, office=office).already_loaded
        assert registry.load("persons", rows, office=office).already_loaded
    assert sorted(each["office"] for each in registry.content("persons")) == ["10", "77", "77"]
    assert registry.query("SELECT count(*) FROM feed_batch") == [(3,)]


@pytest.mark.parametrize("office", ["an-office-with-a-long-name", "my office", "شعبه", " "])
def test_what_is_no_code_of_an_office_is_refused(registry: Registry, office: str) -> None:
    report = registry.load("persons", [person(1)], office=office)
    assert report.problem == "not_an_office"
    assert registry.query("SELECT count(*) FROM feed_batch") == [(0,)]
    for language in LANGUAGES:
        assert "16" in problem_text(report.problem, (), language) or "۱۶" in problem_text(report.problem, (), language)


def test_digits_of_an_offices_code_are_kept_as_latin_ones(registry: Registry) -> None:
    registry.load("persons", [person(1)], office=" ۷۷ ")
    assert {office for office, _ in lag(registry)} == {"77"}


def test_an_office_without_news_is_heard_of_all_the_same(registry: Registry) -> None:
    """A header alone, the same file once more, a file of faulty rows: of none of them the office looks cut off."""
    news = as_csv([person(1, recorded_at="2026-11-05T00:00:00Z")])
    header, faulty = news.splitlines(keepends=True)[0], news.replace(b"2026-11-05", b"2026-13-05")
    registry.load("persons", news, suffix=".csv", office="30")
    for hours, content in enumerate((header, news, faulty), start=1):
        registry.load("persons", content, suffix=".csv", office="30", at=NOON + timedelta(hours=hours))
        assert lag(registry) == {("30", "persons"): ("2026-11-05 00:00:00", f"2026-11-21 {12 + hours}:00:00")}
    registry.load("persons", header, suffix=".csv", office="30", at=NOON)  # never back
    registry.load("persons", b"id_type,colour\n", suffix=".csv", office="30", at=NOON + timedelta(days=1))  # refused
    registry.load("regions", b"code,name,level\n", suffix=".csv", office="30")  # no fact of this table, so no age of it
    assert lag(registry) == {("30", "persons"): ("2026-11-05 00:00:00", "2026-11-21 15:00:00")}


def test_waiting_rows_count_as_contact(registry: Registry) -> None:
    registry.load("contributions", [person(1, month="2026-10", kind="resident", days="1", office="10")])
    assert ("10", "contributions") in lag(registry)
