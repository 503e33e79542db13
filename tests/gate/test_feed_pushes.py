"""PUT /feeds/{table}/{batch}: a branch database pushes its facts, and they are answered at once (contracts §3)."""

import time

import httpx
import pytest

from tests.gate.conftest import Desk
from tests.gate.installation import national_code, token

CSV = {"Content-Type": "text/csv"}
NUMBER = national_code(201)


@pytest.fixture(scope="module")
def branch(desk: Desk):
    """The insurer's own client that may push three tables."""
    desk.registry.client("client-branch", "", scopes="feeds:persons feeds:affiliations feeds:contributions")
    until = time.monotonic() + 3
    while (response := token(desk.server.base, "client-branch", desk.registry.secret)).status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.05)
    bearer = response.json()["access_token"]
    with httpx.Client(base_url=desk.server.base, headers={"Authorization": f"Bearer {bearer}"}, timeout=60) as http:
        yield http


def push(http: httpx.Client, table: str, batch: str, content: str) -> httpx.Response:
    return http.put(f"/api/v1/feeds/{table}/{batch}", content=content.encode(), headers=CSV)


def test_a_pension_pushed_is_covered_at_once(desk: Desk, branch: httpx.Client) -> None:
    people = f"id_type,id_number,birth_date,recorded_at\nir-national-code,{NUMBER},1950-02-03,2026-11-01T00:00:00Z\n"
    spells = (
        "affiliation_id,id_type,id_number,kind,starts,recorded_at\n"
        f"a-1,ir-national-code,{NUMBER},pensioner,2015-01-01,2026-11-01T00:00:00Z\n"
    )
    assert desk.ask(NUMBER).json()["status"] == "not_covered"
    assert push(branch, "persons", "b-1", people).json()["changed"] == 1
    told = push(branch, "affiliations", "b-2", spells)
    assert (told.status_code, told.json()["quarantined"]) == (200, [])
    assert desk.ask(NUMBER).json()["status"] == "covered"
    assert push(branch, "affiliations", "b-2", spells).json()["rows"] == 1  # the same batch again changes nothing


def test_a_bad_row_is_quarantined_with_its_line_and_the_good_one_is_in(branch: httpx.Client) -> None:
    wrong, right = "1234567890", national_code(202)
    people = "id_type,id_number,birth_date\n" + "".join(f"ir-national-code,{n},1990-01-01\n" for n in (wrong, right))
    told = push(branch, "persons", "b-3", people).json()
    assert (told["rows"], told["changed"]) == (2, 1)
    assert told["quarantined"] == [{"line": 2, "column": "id_number", "reason": "wrong_check_digit"}]


def test_of_many_bad_rows_the_first_thousand_are_listed_and_all_are_counted(branch: httpx.Client) -> None:
    """What is neither changed nor counted among the others said what was known already."""
    good = f"ir-national-code,{national_code(203)},1990-01-01\n"
    people = "id_type,id_number,birth_date\n" + good * 3 + "ir-national-code,1234567890,1990-01-01\n" * 1_200
    told = push(branch, "persons", "b-many", people).json()
    assert (len(told["quarantined"]), told["quarantined_rows"]) == (1_000, 1_200)
    assert (told["rows"], told["changed"], told["stale"], told["pending"]) == (1_203, 1, 0, 0)


def test_a_table_without_its_scope_and_a_table_that_does_not_exist_are_refused(branch: httpx.Client) -> None:
    assert push(branch, "evidence", "b-4", "x\n").status_code == 403
    assert push(branch, "nothing", "b-4", "x\n").status_code == 403


def test_an_unknown_column_refuses_the_batch(branch: httpx.Client) -> None:
    refused = push(branch, "persons", "b-5", f"id_type,id_number,shoe_size\nir-national-code,{NUMBER},43\n")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/feed-refused")


@pytest.mark.parametrize("name", ["%00", "a%20b", "x" * 201, "%ED%A0%80"])
def test_an_odd_batch_name_is_refused(branch: httpx.Client, name: str) -> None:
    assert push(branch, "persons", name, "id_type,id_number\n").status_code == 422
