"""Keys of retries are found one by one, however many are kept: also by questions that share their transaction."""

from datetime import timedelta
from uuid import UUID

import pytest

from daftar.answers import IdempotencyKey, idempotency
from daftar.store.connect import transaction
from daftar.store.dialect import execute, is_sqlite, rows
from tests.answers.asking import AT

CLIENTS, OF_EACH = 10, 1000


def key(client: int, word: int) -> IdempotencyKey:
    return IdempotencyKey(f"client-{client}", UUID(int=word), UUID(int=0))


@pytest.fixture
def full(conn):
    """A table of 10,000 keys, whose clients use the same words."""
    used = [key(client, word) for client in range(CLIENTS) for word in range(OF_EACH)]
    with transaction(conn):
        idempotency.remember(conn, [(each, place, None) for place, each in enumerate(used)], AT)
    if not is_sqlite(conn):  # which chooses by what lies there
        execute(conn, "ANALYZE idempotency")
    return conn


@pytest.mark.parametrize("clients", [1, 3, CLIENTS])
def test_each_key_is_found_by_its_place_in_the_primary_key(full, clients: int) -> None:
    """By the digest alone all keys of 48 hours were read, at each flush that held a single one."""
    sql, values = idempotency.recalling([key(client, word) for client in range(clients) for word in range(3)], AT)
    plan = str(rows(full, f"{'EXPLAIN QUERY PLAN' if is_sqlite(full) else 'EXPLAIN'} {sql}", values))
    found = "(client=? AND digest=?)" if is_sqlite(full) else "Index Scan using idempotency_pkey"
    assert found in plan
    assert "ANY" not in plan  # every digest of the flush looked for at every client of it
    assert "Seq Scan" not in plan


def test_a_digest_of_one_client_answers_no_other(full) -> None:
    asked = [key(1, 7), key(2, 8), key(1, 7), key(3, OF_EACH), key(CLIENTS, 7)]
    found = idempotency.recall(full, asked, AT + timedelta(hours=1))
    assert {slot: each.inquiry for slot, each in found.items()} == {
        ("client-1", UUID(int=7)): OF_EACH + 7,
        ("client-2", UUID(int=8)): 2 * OF_EACH + 8,
    }


def test_ten_thousand_keys_are_recalled_at_once(full) -> None:
    asked = [key(client, word) for client in range(CLIENTS) for word in range(OF_EACH)]
    assert len(idempotency.recall(full, asked, AT)) == CLIENTS * OF_EACH
