"""Five mismatches a day from one address, fifty for one person from all together (S2.8/S2.9 decision, ADR 0006)."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from daftar.disclosure.mismatches import PER_ADDRESS, PER_PERSON, count_mismatch
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute
from daftar.store.keys import Key, Secrets

DAY = date(2026, 11, 21)
TOGETHER, EACH = 8, 20
ADDRESSES = [f"192.0.2.{number}" for number in range(16)]


def tell(conn: Any, secrets: Secrets, key: Key, addresses: Iterable[str]) -> list[bool]:
    """What each mismatch is told, in order: True is the S2.9 sentence, False too many."""
    with transaction(conn):
        return [count_mismatch(conn, secrets, key=key, network_address=each, day=DAY) for each in addresses]


def test_one_address_uses_up_its_own_five_and_nobody_elses(conn: Any, secrets: Secrets) -> None:
    key = Key(uuid4())
    assert sum(tell(conn, secrets, key, ["203.0.113.1"] * 200)) == PER_ADDRESS
    assert tell(conn, secrets, key, ["198.51.100.7"] * 6) == [True] * 5 + [False]


def test_many_addresses_have_fifty_together(conn: Any, secrets: Secrets) -> None:
    key = Key(uuid4())
    assert tell(conn, secrets, key, ADDRESSES * 4) == [True] * PER_PERSON + [False] * (4 * len(ADDRESSES) - PER_PERSON)
    assert tell(conn, secrets, Key(uuid4()), ADDRESSES[:1]) == [True]


@given(order=st.lists(st.sampled_from(ADDRESSES), max_size=120))
def test_whatever_the_order_each_is_told_by_both_bounds(order: list[str]) -> None:
    """The same rule in plain words, held to the rows of SQLite."""
    conn, secrets = connect("sqlite::memory:"), Secrets(b"s" * 32)
    columns = "day TEXT, key TEXT, network_digest TEXT, count INTEGER, PRIMARY KEY (day, key, network_digest)"
    execute(conn, f"CREATE TABLE own_entitlement_mismatch ({columns})")
    told, here, in_all = [], Counter[str](), 0
    for address in order:
        here[address] += 1
        in_all += here[address] <= PER_ADDRESS
        told.append(here[address] <= PER_ADDRESS and in_all <= PER_PERSON)
    assert tell(conn, secrets, Key(uuid4()), order) == told
    conn.close()


def test_at_once_from_two_addresses_still_ten_are_told(database_url: str, secrets: Secrets) -> None:
    """Each transaction counts two addresses, half in the other order: nobody waits crosswise, all are counted."""
    key = Key(uuid4())

    def guess(place: int) -> int:
        own = connect(database_url)
        pair = ADDRESSES[:2] if place % 2 else ADDRESSES[1::-1]
        told = sum(sum(tell(own, secrets, key, pair)) for _ in range(EACH))
        own.close()
        return told

    with ThreadPoolExecutor(TOGETHER) as threads:
        assert sum(threads.map(guess, range(TOGETHER))) == 2 * PER_ADDRESS
    own = connect(database_url)
    assert sum(tell(own, secrets, key, ADDRESSES[2:] * 5)) == PER_PERSON - 2 * PER_ADDRESS
    own.close()
