"""Sealed fields open whole, or only those that are asked for."""

import msgspec
import pytest
from cryptography.exceptions import InvalidTag

from daftar.store.keys import Secrets
from daftar.store.sealing import Opener, open_fields, seal_fields

SECRETS = Secrets(b"k" * 32)
SEALED = seal_fields(SECRETS, "person", {"given_name": "علی", "mobile": "+98", "phone": None})


def test_a_record_holds_the_chosen_fields_alone_in_their_order() -> None:
    record = Opener(SECRETS).record("person", SEALED, ("phone", "birth_date", "given_name"))
    assert msgspec.structs.asdict(record) == {"phone": None, "birth_date": None, "given_name": "علی"}
    assert list(record.__struct_fields__) == ["phone", "birth_date", "given_name"]
    assert open_fields(SECRETS, "person", SEALED) == {"given_name": "علی", "mobile": "+98"}


def test_each_record_is_its_own() -> None:
    opener = Opener(SECRETS)
    first, second = (opener.record("person", SEALED, ("given_name",)) for _ in range(2))
    first.given_name = "other"
    assert second.given_name == "علی"


def test_nothing_sealed_is_an_empty_record() -> None:
    assert msgspec.structs.astuple(Opener(SECRETS).record("affiliation", None, ("kind", "starts"))) == (None, None)


def test_a_blob_of_another_table_does_not_open() -> None:
    opener = Opener(SECRETS)
    opener.record("person", SEALED, ("given_name",))
    with pytest.raises(InvalidTag):
        opener.record("affiliation", SEALED, ("given_name",))


def test_rows_opened_in_turn_are_not_mixed_up() -> None:
    opener, other = Opener(SECRETS), seal_fields(SECRETS, "person", {"given_name": "زهرا", "phone": "021"})
    names = [opener.record("person", sealed, ("given_name",)).given_name for sealed in (SEALED, other, other, SEALED)]
    assert names == ["علی", "زهرا", "زهرا", "علی"]
    assert opener.record("person", other, ("phone",)).phone == "021"
