"""`daftar explain CODE`: everything that the staff page says, in the terminal (S2.17, S2.18)."""

from datetime import date, timedelta

import pytest

from daftar import coverage
from daftar.answers import Answer, SharedWriter, TrackingCodes, ask
from daftar.config.explain_command import explain_code
from daftar.coverage.past import said
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from daftar.terms.tracking_codes import complete, grouped
from tests.answers.asking import AT, question
from tests.coverage.registry import affiliation, dependency, evidence, paid, person

LATER = AT + timedelta(days=3)
UNCOUNTED = "shortly before the answer may not have counted yet."
LOST = "The span that decided is no longer kept."


@pytest.fixture
def terminal(monkeypatch, database_url):
    """A wide terminal of this test's installation; what it says about a code."""
    monkeypatch.setenv("DAFTAR_DATABASE", database_url)
    monkeypatch.setenv("COLUMNS", "240")


def answered(conn, secrets, key, **asked) -> Answer:
    with transaction(conn):
        coverage.rebuild(conn, [key], at=AT)
        (answer,) = ask(conn, [question(key, **asked)], at=AT, writer=SharedWriter(), tracking=TrackingCodes(secrets))
    return answer


def lapsed(conn):
    with transaction(conn):
        key = person(conn)
        affiliation(conn, key, "compulsory", "2022-01-01")
        paid(conn, key, "compulsory", *(f"{year}-{month:02}" for year in range(2022, 2026) for month in range(1, 13)))
    return key


@pytest.mark.usefixtures("terminal")
def test_answer_span_law_and_facts_are_printed_and_the_look_journalled(conn, secrets, capsys) -> None:
    answer = answered(conn, secrets, lapsed(conn))
    assert explain_code(grouped(answer.tracking_code), LATER) == 0
    said = capsys.readouterr().out
    for words in (
        "not_covered",
        "contribution_lapsed",
        answer.rule_version,
        "The span that decided",
        "All spans now",
        "sex male, birth_date 1980-01-01",
        "kind compulsory, starts 2022-01-01",
        "month 2025-12-01, kind compulsory, days 30",
        "Contributions not shown, of months further away from the day asked about: 12.",
    ):
        assert words in said
    assert "None" not in said
    assert UNCOUNTED not in said
    assert "month 2022-12-01" not in said
    found = rows(conn, "SELECT outcome, reason, shown FROM inquiry WHERE mode = 'explanation'")
    assert found == [("shown", "explained", "inquiry spans facts")]


@pytest.mark.usefixtures("terminal")
def test_a_span_that_is_no_longer_kept_is_said_in_words(conn, secrets, capsys) -> None:
    answer = answered(conn, secrets, lapsed(conn))
    with transaction(conn):
        execute(conn, "UPDATE coverage SET rule_version = 'ir.newer'")
    explain_code(answer.tracking_code, LATER)
    said = capsys.readouterr().out
    assert LOST in said
    assert "have been computed anew since the answer" in said
    assert "None" not in said


@pytest.mark.usefixtures("terminal")
def test_a_narrow_terminal_leaves_no_letter_of_a_code_out(conn, secrets, capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    explain_code(answered(conn, secrets, lapsed(conn)).tracking_code, LATER)
    assert "…" not in capsys.readouterr().out


@pytest.mark.usefixtures("terminal")
def test_of_somebody_unknown_nothing_is_called_lost(conn, secrets, capsys) -> None:
    answer = answered(conn, secrets, question().key)
    explain_code(answer.tracking_code, LATER)
    said = capsys.readouterr().out
    assert "No span decided: nothing is known of this person for that day." in said
    assert "There are no spans now." in said
    assert "Facts on record: none." in said
    assert LOST not in said


@pytest.mark.usefixtures("terminal")
def test_what_came_and_went_since_and_the_main_insured_are_told(conn, secrets, capsys) -> None:
    with transaction(conn):
        main, son = person(conn), person(conn, born="2006-05-01")
        affiliation(conn, main, "pensioner", "2020-01-01")
        dependency(conn, son, main, "son", "2020-01-01")
        evidence(conn, son, "study_certificate", "2026-09-01")
        execute(conn, "UPDATE evidence SET known_since = ?", [LATER])
        spell = {"kind": "voluntary", "starts": "2019-01-01", "ends": "2019-12-31", "office": "b8"}
        sql = """INSERT INTO fact_past (key, "table", said, recorded_at, known_since, replaced_at, withdrawn)
                 VALUES (?, 'affiliation', ?, ?, ?, ?, ?)"""
        execute(conn, sql, [main, said(spell), AT, AT - timedelta(days=1), LATER, True])
    answer = answered(conn, secrets, son)
    explain_code(answer.tracking_code, LATER + timedelta(days=1))
    told = capsys.readouterr().out
    assert "Facts of the main insured, through: relation son, starts 2020-01-01" in told
    assert "known; withdrawn since 2026-11-24 09:30 UTC" in told
    line = next(each for each in told.splitlines() if "kind study_certificate" in each)
    assert "not known yet" in line
    looked = rows(conn, "SELECT key, reason FROM inquiry WHERE mode = 'explanation'")
    assert {(str(key).replace("-", ""), reason) for key, reason in looked} == {
        (son.hex, "explained"),
        (main.hex, "named_beside"),
    }


@pytest.mark.usefixtures("terminal")
def test_while_cover_waits_to_be_computed_it_is_said_that_facts_may_not_count_yet(conn, secrets, capsys) -> None:
    """As a load leaves it that brought facts and has not ended."""
    key = lapsed(conn)
    answer = answered(conn, secrets, key)
    with transaction(conn):
        execute(conn, "INSERT INTO coverage_due (key, since) VALUES (?, ?)", [key, AT - timedelta(hours=1)])
    explain_code(answer.tracking_code, LATER)
    assert UNCOUNTED in capsys.readouterr().out


@pytest.mark.usefixtures("terminal")
def test_what_is_no_code_and_what_was_never_given(conn, secrets, capsys) -> None:
    answered(conn, secrets, lapsed(conn), service_day=date(2026, 11, 20))
    assert explain_code("123", LATER) == 1
    assert explain_code(complete(123_456), LATER) == 1
    assert f"No answer has the code {grouped(complete(123_456))}." in capsys.readouterr().out
    assert rows(conn, "SELECT id FROM inquiry WHERE mode = 'explanation'") == []
