"""Personal fields of one row in one sealed blob: names, numbers, addresses and telephones never stand in clear."""

from collections.abc import Mapping

import msgspec

from daftar.store.keys import Secrets

Fields = dict[str, str]
"""Personal fields by column name of contracts §2; absent means empty."""


def seal_fields(secrets: Secrets, table: str, fields: Mapping[str, str | None]) -> bytes:
    """Seal the non-empty fields of a row of `table`."""
    plain = {name: value for name, value in fields.items() if value}
    return secrets.seal(msgspec.json.encode(plain), about=table)


def open_fields(secrets: Secrets, table: str, sealed: bytes) -> Fields:
    """Open what `seal_fields` sealed for the same table."""
    return msgspec.json.decode(secrets.open(sealed, about=table), type=Fields)
