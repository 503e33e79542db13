"""Secrets: the blind index, sealing, and the file that holds the master (design §4)."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from daftar.store.keys import Secrets, read_secrets
from daftar.store.sealing import open_fields, seal_fields

SECRETS = Secrets(b"m" * 32)


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_the_blind_index_is_the_same_for_the_same_identifier_and_no_other(first: str, second: str) -> None:
    assert SECRETS.key("ir-national-code", first) == SECRETS.key("ir-national-code", first)
    if first != second:
        assert SECRETS.key("ir-national-code", first) != SECRETS.key("ir-national-code", second)
    assert SECRETS.key("ir-national-code", first) != SECRETS.key("ir-foreigner-number", first)
    assert SECRETS.key("ir-national-code", first) != Secrets(b"o" * 32).key("ir-national-code", first)


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_sealed_fields_open_again_and_show_nothing(fields: dict[str, str]) -> None:
    sealed = seal_fields(SECRETS, "person", {"empty": "", "none": None} | fields)
    assert open_fields(SECRETS, "person", sealed) == fields
    assert not [value for value in fields.values() if len(value) > 4 and value.encode() in sealed]


def test_a_blob_cannot_be_changed_moved_or_opened_by_another_secret() -> None:
    sealed = seal_fields(SECRETS, "person", {"family_name": "نمونه"})
    assert sealed != seal_fields(SECRETS, "person", {"family_name": "نمونه"})  # a fresh nonce each time
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for secrets, table, blob in (
        (SECRETS, "person", changed),
        (SECRETS, "affiliation", sealed),
        (Secrets(b"o" * 32), "person", sealed),
    ):
        with pytest.raises(InvalidTag):
            open_fields(secrets, table, blob)


def test_the_master_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "secret"
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: read_secrets(path).master, range(64)))
    assert len(found) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_a_damaged_master_is_refused_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("abcd")
    with pytest.raises(ValueError, match="secret must hold 64 hex digits"):
        read_secrets(path)


def test_many_are_sealed_each_with_a_nonce_of_its_own(secrets: Secrets) -> None:
    plains = [b"one", b"one", b"", b"three"]
    sealed = secrets.seal_all(plains, about="t")
    assert [secrets.open(each, about="t") for each in sealed] == plains
    assert len({each[:12] for each in sealed}) == len(plains)
    assert secrets.seal_all([], about="t") == []
