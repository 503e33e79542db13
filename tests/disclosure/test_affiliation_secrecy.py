"""Nobody can tell an unknown person from nothing in the period: same bytes, same statements (S1.13)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import msgspec
import psycopg
import pytest

from daftar.disclosure.affiliation import AffiliationAnswer, AffiliationQuestion
from daftar.store.dialect import is_sqlite
from tests.disclosure.affiliated import People, ask, journalled, question

LONG_AGO = {"period_from": date(2001, 1, 1), "period_to": date(2001, 12, 31)}
ALIKE = ("nobody", "withdrawn", "known only", "working", "child", "dead")


@pytest.fixture
def people(conn: Any, secrets: Any) -> People:
    """Everybody here had nothing in 2001, for a reason of their own."""
    made = People(conn, secrets)
    for kind in ("fund", "judicial"):
        made.organisation(kind, kind)
    for name in ("known only", "working", "child"):
        made.person(name)
    made.person("dead", died="1999-01-01")
    made.person("withdrawn", withdrawn=True)
    for name in ("working", "dead", "withdrawn"):
        made.spell(secrets.key("ir-national-code", name), "1990-01-01" if name == "dead" else "2020-01-01")
    made.tie(secrets.key("ir-national-code", "child"), secrets.key("ir-national-code", "working"), "2000-01-01")
    return made


def asked(people: People, name: str, kind: str) -> AffiliationQuestion:
    return question(people.secrets.key("ir-national-code", name), kind, **LONG_AGO)


@pytest.mark.parametrize("kind", ["fund", "judicial", "own"])
def test_unknown_and_nothing_in_the_period_are_the_same_bytes(people: People, kind: str) -> None:
    answers = [ask(people.conn, people.secrets, asked(people, name, kind))[0] for name in ALIKE]
    bodies = {msgspec.json.encode(msgspec.structs.replace(each, tracking_code="")) for each in answers}
    assert len(bodies) == 1
    assert isinstance(answers[0], AffiliationAnswer)
    assert (answers[0].outcome, answers[0].shown) == ("no_record", ("outcome",))
    assert len({len(each.tracking_code or "") for each in answers}) == 1


def test_the_journal_alone_knows_which_it_was(people: People) -> None:
    for name in ALIKE:
        ask(people.conn, people.secrets, asked(people, name, "fund"))
    reasons = [reason for (reason,) in journalled(people.conn, "reason")]
    assert reasons == ["unknown_person"] * 2 + ["nothing_in_period"] * 4


@pytest.mark.parametrize("kind", ["fund", "judicial"])
def test_the_statements_are_the_same_whoever_is_asked_about(people: People, kind: str) -> None:
    sent = []
    for name in ALIKE:
        with watched(people.conn) as statements:
            ask(people.conn, people.secrets, asked(people, name, kind))
        sent.append(statements)
    assert all(each == sent[0] for each in sent)
    assert len(sent[0]) >= 8


@pytest.mark.parametrize("kind", ["fund", "judicial"])
def test_a_thousand_questions_take_no_more_statements_than_one(people: People, kind: str) -> None:
    counts = []
    for many in (1, 1000):
        with watched(people.conn) as statements:
            ask(people.conn, people.secrets, *[asked(people, ALIKE[n % 6], kind) for n in range(many)])
        counts.append(len([each for each in statements if "inquiry" not in each]))
    assert counts[0] == counts[1]


@contextmanager
def watched(conn: Any) -> Iterator[list[str]]:
    """The texts of all statements sent within the block, without their values."""
    found: list[str] = []
    if is_sqlite(conn):
        seen: Callable[[str], None] = found.append
        conn.set_trace_callback(seen)
        yield found
        conn.set_trace_callback(None)
        found[:] = [without_values(each) for each in found]
        return
    original = psycopg.Cursor.execute

    def execute(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        found.append(str(query))
        return original(self, query, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", execute)
        yield found


def without_values(statement: str) -> str:
    """SQLite's trace fills the values in: the keys, the id, the time, and nothing else may differ."""
    return statement.split("json_each(")[0].split("VALUES")[0]
