"""Personal fields of one row in one sealed blob: names, numbers, addresses and telephones never stand in clear."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from daftar.store.keys import Secrets

Fields = dict[str, str]
"""Personal fields by column name of contracts §2; absent means empty."""

Record = Any
"""The chosen fields of a row as attributes, in the order chosen (msgspec's Struct, made for them); absent is None."""

OF_FEED = "mobile_of_feed"
"""Beside a mobile that a counter has registered: the one that the feed said last. No column of contracts §2."""

_FIELDS = msgspec.json.Decoder(Fields)


def seal_fields(secrets: Secrets, table: str, fields: Mapping[str, str | None]) -> bytes:
    """Seal the non-empty fields of a row of `table`."""
    plain = {name: value for name, value in fields.items() if value}
    return secrets.seal(msgspec.json.encode(plain), about=table)


def seal_rows(secrets: Secrets, table: str, rows: Sequence[Mapping[str, str]]) -> list[bytes]:
    """As `seal_fields` for many rows, none of whose fields is empty."""
    return secrets.seal_all(list(map(msgspec.json.encode, rows)), about=table)


def open_fields(secrets: Secrets, table: str, sealed: bytes) -> Fields:
    """Open what `seal_fields` sealed for the same table."""
    return _FIELDS.decode(secrets.open(sealed, about=table))


class Opener:
    """Opens chosen fields of sealed rows; a row that is chosen from several times in a row is opened once."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._last: dict[str, tuple[bytes, bytes]] = {}  # by table: the row opened last, sealed and in clear

    def record(self, table: str, sealed: bytes | None, names: tuple[str, ...]) -> Record:
        """The chosen fields alone of what `seal_fields` sealed, or of nothing; the others are not even decoded.

        A name that no blob holds is an empty place, for the caller to fill.
        """
        reader = _reader(names)
        if not sealed:
            return reader.decode(b"{}")
        last, plain = self._last.get(table, _NOTHING)
        if last is not sealed:
            plain = self._secrets.open(sealed, about=table)
            self._last[table] = sealed, plain
        return reader.decode(plain)


_NOTHING = (b"", b"")


@cache
def _reader(names: tuple[str, ...]) -> msgspec.json.Decoder[Record]:
    """One for each choice of fields in the program: a handful."""
    fields = [(name, str | None, None) for name in names]
    return msgspec.json.Decoder(msgspec.defstruct("Record", fields, gc=False))
