"""A main insured whom an answer about a dependant names has a row of their own, directly behind the answer's (X.5)."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daftar.answers import TrackingCodes
from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.store.dialect import execute, rows
from daftar.store.keys import Key, Secrets
from tests.disclosure.affiliated import AT, TODAY, People, ask, journalled, question
from tests.disclosure.certified import CLERK, Bench
from tests.disclosure.test_affiliation_refusals import marked, uuid4
from tests.disclosure.test_affiliation_who_sees_what import OF_MAIN, REACH, WORK

COLUMNS = ("id", "key", "mode", "outcome", "reason", "shown")
THEN = {"period_from": TODAY.replace(year=2022), "period_to": TODAY.replace(year=2023)}
NAMES = ("Ali", "Sara", "Nima", "nobody")


@pytest.fixture
def people(conn: Any, secrets: Any) -> People:
    """Ali works; Sara and Nima live on his insurance, Nima on Hasan's too, of whom the registry has only names."""
    made = People(conn, secrets)
    for kind in ("fund", "judicial", "quasi_judicial"):
        made.organisation(kind, kind)
    for name in ("Ali", "Sara", "Nima"):
        made.person(name)
    made.spell(key_of(secrets, "Ali"), "2020-01-01")
    made.tie(key_of(secrets, "Sara"), key_of(secrets, "Ali"), "2021-05-05", relation="daughter")
    made.tie(key_of(secrets, "Nima"), key_of(secrets, "Ali"), "2021-06-06")
    return made


def key_of(secrets: Secrets, name: str) -> Key:
    return secrets.key("ir-national-code", name)


def besides(conn: Any) -> list[tuple[Any, ...]]:
    """The rows of those who were named beside somebody else."""
    return [tuple(row) for row in journalled(conn, *COLUMNS) if row[2] == "named_beside"]


def as_hex(key: Any) -> str:
    return str(key).replace("-", "")


@pytest.mark.parametrize("kind", ["fund", "judicial", "quasi_judicial"])
def test_the_main_insured_has_a_row_with_what_was_told_of_them_directly_behind(people: People, kind: str) -> None:
    (answer,) = ask(people.conn, people.secrets, question(key_of(people.secrets, "Sara"), kind))
    assert isinstance(answer, AffiliationAnswer)
    first, second = journalled(people.conn, *COLUMNS)
    assert answer.tracking_code == TrackingCodes(people.secrets).codes([first[0]])[0]
    assert (second[0], as_hex(second[1])) == (first[0] + 1, key_of(people.secrets, "Ali").hex)
    assert tuple(second[2:5]) == ("named_beside", "shown", "named_beside")
    assert set(second[5].split()) == ({"insurance_number"} if kind == "fund" else OF_MAIN | REACH | WORK)
    told = journalled(people.conn, "organisation", "account", "channel", "ground", "purpose", "reference", "asked_at")
    assert told[0] == told[1]


def test_the_row_says_nothing_of_the_dependant(people: People) -> None:
    period = {"period_from": TODAY.replace(year=2025), "period_to": TODAY}
    ask(people.conn, people.secrets, question(key_of(people.secrets, "Sara"), "judicial", **period))
    ((_, days), (_, none)) = [
        (row[0], tuple(row[1:])) for row in journalled(people.conn, "id", "period_from", "period_to", "valid_until")
    ]
    assert days[0] is not None
    assert none == (None, None, None)


@pytest.mark.parametrize(
    ("name", "kind", "more"),
    [
        ("Sara", "own", {}),  # a dependant's own record
        ("Sara", "judicial", THEN),  # state 3 tells of the dependant alone
        ("Sara", "judicial", {"reference_number": None}),  # refused
        ("Ali", "judicial", {}),  # a main insured
        ("nobody", "judicial", {}),
    ],
)
def test_nobody_is_named_beside_where_nothing_was_told_of_a_main_insured(
    people: People, name: str, kind: str, more: dict[str, Any]
) -> None:
    ask(people.conn, people.secrets, question(key_of(people.secrets, name), kind, **more))
    assert len(journalled(people.conn, "id")) == 1


def test_a_main_insured_of_whom_the_registry_holds_nothing_is_not_named(people: People) -> None:
    empty = people.secrets.seal(b"{}", about="person")
    execute(people.conn, "UPDATE person SET sealed = ?", [empty])
    ask(people.conn, people.secrets, question(key_of(people.secrets, "Sara"), "fund"))
    assert besides(people.conn) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["fund", "judicial", "own", "no"])), min_size=1))
def test_in_any_batch_each_code_is_that_of_its_own_question(people: People, asked: list[tuple[str, str]]) -> None:
    execute(people.conn, "DELETE FROM inquiry")
    keys = [key_of(people.secrets, name) for name, _ in asked]
    replies = ask(people.conn, people.secrets, *map(question, keys, [kind for _, kind in asked]))
    ids = [TrackingCodes(people.secrets).id_of(each.tracking_code) for each in replies]  # type: ignore[arg-type]
    written = {row[0]: row for row in journalled(people.conn, *COLUMNS)}
    assert [as_hex(written[id][1]) for id in ids] == [key.hex for key in keys]
    dependants = [name in ("Sara", "Nima") and kind in ("fund", "judicial") for name, kind in asked]
    behind = [id + 1 for id, named in zip(ids, dependants, strict=True) if named]
    assert sorted(set(written) - set(ids)) == sorted(behind)
    assert {as_hex(written[id][1]) for id in behind} <= {key_of(people.secrets, "Ali").hex}


def test_a_retry_writes_no_second_row_of_either(people: People) -> None:
    asked = marked(question(key_of(people.secrets, "Sara"), "judicial"), uuid4(), uuid4())
    (first,) = ask(people.conn, people.secrets, asked)
    (again,) = ask(people.conn, people.secrets, asked, at=AT + timedelta(hours=1))
    assert first == again
    assert len(journalled(people.conn, "id")) == 2


def test_a_quota_is_used_up_by_inquiries_alone(people: People) -> None:
    people.organisation("thrifty", "fund", quota=2)
    asked = question(key_of(people.secrets, "Sara"), organisation="thrifty")
    replies = ask(people.conn, people.secrets, asked, asked, asked)
    assert [isinstance(each, AffiliationAnswer) for each in replies] == [True, True, False]


@pytest.fixture
def bench(conn: Any, secrets: Secrets, tmp_path: Any) -> Bench:
    """Sara, who has a certificate for the fund, lives on Ali's insurance."""
    made = Bench(conn, secrets, tmp_path)
    People.tie(made, made.nobody, made.key, "2021-05-05")  # type: ignore[arg-type] - it wants the connection alone
    conn.commit()
    return made


def test_an_organisation_that_opens_a_dependants_certificate_is_told_of_the_main_insured_on_record(
    bench: Bench,
) -> None:
    held = bench.issue(owner=msgspec.structs.replace(bench.owner, key=bench.nobody))
    assert besides(bench.conn) == []  # so far the dependant alone has seen it
    bench.open(held, bench.code(held))  # type: ignore[arg-type]
    ((id, key, _, outcome, reason, shown),) = besides(bench.conn)
    assert (as_hex(key), outcome, reason, shown) == (bench.key.hex, "shown", "named_beside", "insurance_number")
    sql = "SELECT outcome, organisation, account, ground, purpose FROM inquiry WHERE id IN (?, ?) ORDER BY id"
    opened, named = (tuple(row) for row in rows(bench.conn, sql, [id - 1, id]))
    assert opened == ("opened", CLERK.organisation, CLERK.account, "consent", "certificates")
    assert named[1:] == opened[1:]


def test_a_wrong_code_tells_nothing_of_anybody(bench: Bench) -> None:
    held = bench.issue(owner=msgspec.structs.replace(bench.owner, key=bench.nobody))
    bench.open(held, "0" * 12)  # type: ignore[arg-type]
    assert besides(bench.conn) == []
