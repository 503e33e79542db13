"""Objections are taken down once, from those alone whom the answer is about, by whatever channel (S2.12)."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest

from daftar.answers import Question, SharedWriter, TrackingCodes, ask
from daftar.disclosure.objections import Objected, Objecting, object_to
from daftar.disclosure.outbox import open_message
from daftar.store.connect import connect, transaction
from daftar.store.dialect import as_date, execute, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import open_fields, seal_fields
from daftar.terms.case_numbers import grouped, read_case_number
from daftar.terms.objections import NotTaken
from daftar.terms.outcomes import Channel, Ground, Mode
from daftar.terms.tracking_codes import TrackingCode, complete
from tests.coverage import registry

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
MOBILE = "+989120000001"


@pytest.fixture
def person(conn: Any, secrets: Secrets) -> Key:
    """Somebody with a verified mobile and no account."""
    with transaction(conn):
        key = Key(registry.person(conn))
        sealed = seal_fields(secrets, "person", {"mobile": MOBILE})
        execute(conn, "UPDATE person SET sealed = ?, mobile_verified = ? WHERE key = ?", [sealed, True, key])
    return key


@pytest.fixture
def child(conn: Any, person: Key) -> Key:
    """The person's son of eight."""
    with transaction(conn):
        key = registry.person(conn, born="2018-03-01")
        registry.dependency(conn, key, person, "son", "2018-03-01")
    return Key(key)


def answered(conn: Any, secrets: Secrets, key: UUID, **changes: Any) -> TrackingCode:
    """The code of an answer about a person."""
    asked = {"channel": Channel.API, "ground": Ground.AGREEMENT, "mode": Mode.GENERAL} | changes
    question = Question(key=Key(key), service_day=TODAY, jurisdiction="ir", **asked)
    with transaction(conn):
        (answer,) = ask(conn, [question], at=AT, writer=SharedWriter(3), tracking=TrackingCodes(secrets))
    return answer.tracking_code


def objected(conn: Any, secrets: Secrets, code: TrackingCode, by: Key | None, **changes: Any) -> Objected | NotTaken:
    """Object in a transaction of its own."""
    wish = Objecting(**({"code": code, "by": by, "channel": Channel.USSD, "language": "fa", "said": "چرا؟"} | changes))
    with transaction(conn):
        return object_to(conn, secrets, wish, at=AT, writer=SharedWriter(3), tracking=TrackingCodes(secrets))


def written(conn: Any, table: str) -> int:
    """How many rows a table has."""
    return int(rows(conn, f'SELECT count(*) FROM "{table}"')[0][0])


def test_an_objection_is_a_case_with_a_number_a_clock_a_record_and_a_notice(conn, secrets, person) -> None:
    code = answered(conn, secrets, person)
    told = objected(conn, secrets, code, person)
    assert isinstance(told, Objected)
    assert (told.fresh, told.state, told.due_on) == (True, "submitted", TODAY + timedelta(days=15))
    assert read_case_number(told.number) == told.number
    ((kind, state, key, matter, sealed),) = rows(conn, 'SELECT kind, state, person, matter, sealed FROM "case"')
    inquiry = TrackingCodes(secrets).id_of(code)
    assert (kind, state, UUID(str(key)), matter) == ("objection", "submitted", person, str(inquiry))
    assert open_fields(secrets, "case", sealed) == {"said": "چرا؟"}
    ((about, channel, due, reason),) = rows(conn, "SELECT inquiry, channel, due_on, answer_reason FROM objection")
    assert (about, channel, as_date(due), reason) == (inquiry, "ussd", told.due_on, "unknown_person")
    ((mode, channel, ground, reference),) = rows(
        conn, "SELECT mode, channel, ground, reference FROM inquiry WHERE mode = 'case_objection'"
    )
    assert (mode, channel, ground, reference) == ("case_objection", "ussd", "own", told.number)
    ((sealed,),) = rows(conn, "SELECT sealed FROM outbox_message")
    message = open_message(secrets, sealed)
    assert message.to == MOBILE
    assert grouped(told.number) in message.text
    assert "1405/09/15" in message.text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))


def test_the_same_answer_once_more_is_the_same_objection(conn, secrets, person) -> None:
    code = answered(conn, secrets, person)
    first, second = (objected(conn, secrets, code, person) for _ in range(2))
    assert isinstance(first, Objected)
    assert second == Objected(first.number, first.due_on, first.state, fresh=False)
    assert [written(conn, table) for table in ("case", "objection", "case_step", "outbox_message")] == [1, 1, 1, 1]


def test_two_at_once_are_one(database_url, conn, secrets, person) -> None:
    code, told = answered(conn, secrets, person), []

    def go() -> None:
        with connect(database_url) as own:
            told.append(objected(own, secrets, code, person))

    threads = [Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(each.fresh for each in told) == [False, False, False, True]
    assert len({each.number for each in told}) == 1


def test_a_stranger_and_a_code_that_nobody_has_learn_the_same(conn, secrets, person) -> None:
    other, code = Key(registry.person(conn)), answered(conn, secrets, person)
    assert objected(conn, secrets, code, other) == NotTaken.UNKNOWN_CODE
    assert objected(conn, secrets, complete(123_456), other) == NotTaken.UNKNOWN_CODE
    affiliation = answered(conn, secrets, person, mode=Mode.AFFILIATION)
    assert objected(conn, secrets, affiliation, person) == NotTaken.UNKNOWN_CODE
    assert written(conn, "case") == written(conn, "outbox_message") == 0


def test_the_statements_are_the_same_for_a_stranger_and_for_nobodys_code(conn, secrets, person, monkeypatch) -> None:
    other, code = Key(registry.person(conn)), answered(conn, secrets, person)
    asked: list[list[str]] = []
    from daftar.disclosure import objections

    def listening(conn: Any, sql: str, values: Any = ()) -> Any:
        asked[-1].append(sql)
        return rows(conn, sql, values)

    monkeypatch.setattr(objections, "rows", listening)
    for wrong in (code, complete(123_456)):
        asked.append([])
        objected(conn, secrets, wrong, other)
    assert asked[0] == asked[1] != []


def test_the_insured_parent_of_a_minor_objects_and_of_a_grown_child_not(conn, secrets, person, child) -> None:
    code = answered(conn, secrets, child)
    assert isinstance(objected(conn, secrets, code, person), Objected)
    ((applicant, key),) = rows(conn, 'SELECT applicant, person FROM "case"')
    assert (UUID(str(applicant)), UUID(str(key))) == (person, child)
    assert rows(conn, "SELECT ground FROM inquiry WHERE mode = 'case_objection'") == [("dependant",)]
    execute(conn, "UPDATE person SET birth_date = ? WHERE key = ?", [date(2000, 1, 1), child])
    again = answered(conn, secrets, child, channel=Channel.WEB)
    assert objected(conn, secrets, again, person) == NotTaken.UNKNOWN_CODE


def test_a_proxy_who_was_told_the_answer_does_not_object(conn, secrets, person) -> None:
    proxy = Key(registry.person(conn))
    code = answered(conn, secrets, person, ground=Ground.PROXY, acting_for=proxy, mode=Mode.SPECIFIC)
    assert objected(conn, secrets, code, proxy) == NotTaken.BY_PROXY


def test_an_operator_takes_one_down_for_somebody_whom_the_registry_does_not_know(conn, secrets) -> None:
    nobody = secrets.key("ir-national-code", "0000000001")
    code = answered(conn, secrets, nobody)
    options = {"account": "operator", "office": "ir-hq", "jurisdiction": "ir", "channel": Channel.WEB}
    assert isinstance(objected(conn, secrets, code, None, **options), Objected)
    ((by, office),) = rows(conn, 'SELECT "by", office FROM case_step')
    assert (by, office) == ("operator", "ir-hq")
    assert rows(conn, "SELECT taken_by FROM objection") == [("operator",)]
    assert rows(conn, "SELECT ground FROM inquiry WHERE mode = 'case_objection'") == [("duty",)]


def test_so_many_are_open_that_no_more_are_taken(conn, secrets, person) -> None:
    codes = [answered(conn, secrets, person) for _ in range(6)]
    told = [objected(conn, secrets, code, person) for code in codes]
    assert [isinstance(each, Objected) for each in told] == [True] * 5 + [False]
    assert told[5] == NotTaken.TOO_MANY_OPEN
    execute(conn, "UPDATE \"case\" SET state = 'withdrawn', queued_at = NULL WHERE number = ?", [told[0].number])
    assert isinstance(objected(conn, secrets, codes[5], person), Objected)
    again = objected(conn, secrets, codes[1], person)
    assert isinstance(again, Objected)
    assert not again.fresh


def test_the_case_lies_where_the_person_is_insured(conn, secrets, person) -> None:
    sql = (
        "INSERT INTO region (code, name, level, parent, files_to, words, recorded_at, withdrawn, office)"
        " VALUES (?, ?, ?, ?, '', '', ?, ?, '')"
    )
    for code, name, level, parent in (
        ("cn", "中国", "country", ""),
        ("cn-990000", "某省", "province", "cn"),
        ("cn-990100", "某市", "city", "cn-990000"),
        ("cn-990101", "某区", "county", "cn-990100"),
    ):
        execute(conn, sql, [code, name, level, parent, AT, False])
    execute(conn, "UPDATE person SET insured_region = 'cn-990101' WHERE key = ?", [person])
    assert isinstance(objected(conn, secrets, answered(conn, secrets, person), person), Objected)
    assert rows(conn, 'SELECT province, city, region FROM "case"') == [("cn-990000", "cn-990100", "cn-990101")]
