"""Which persons are known: rows about others wait."""

from operator import itemgetter

import msgspec

from daftar.feeds.bulk import select_in
from daftar.feeds.examine import Examined
from daftar.feeds.persons import NOBODY
from daftar.store.dialect import Connection, is_sqlite

_MOST = 300_000


class KnownPersons:
    """Identifiers that have been found in the registry: once known, always known."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {NOBODY: NOBODY}

    def look_up(self, conn: Connection, keys: set[str]) -> dict[str, str]:
        """Person's key by identifier's key, for at least those of `keys` that are known."""
        if len(self._keys) > _MOST:
            self._keys = {NOBODY: NOBODY}
        missing = sorted(keys - self._keys.keys())
        if missing:
            self._keys.update(_persons(conn, missing))
        return self._keys

    def part(self, conn: Connection, examined: Examined, identities: int) -> list[tuple[int, str]]:
        """Leave only rows about known persons in `examined`, with the persons' own keys.

        Returns the others: place in the block, and the key that is waited for. The first `identities` values of a row
        are keys of persons.
        """
        named = {str(key) for i in range(identities) for key in map(itemgetter(i), examined.rows)}
        known, keys = self.look_up(conn, named), list(named)
        if list(map(known.get, keys)) == keys:
            return []
        ready, waiting = [], []
        for place, row in enumerate(examined.rows):
            keys = [str(key) for key in row[:identities]]
            missing = next((key for key in keys if key not in known), None)
            if missing is not None:
                waiting.append((examined.source[place], missing))
                continue
            ready.append(place)
            examined.rows[place] = (*(known[key] for key in keys), *row[identities:])
        _keep(examined, ready)
        return waiting


def _persons(conn: Connection, keys: list[str]) -> dict[str, str]:
    """As one value: row by row, the driver would take longer than the database."""
    pairs = "json_group_object(key, person_key)"
    if not is_sqlite(conn):
        pairs = "json_object_agg(replace(key::text, '-', ''), replace(person_key::text, '-', ''))::text"
    [(found,)] = select_in(conn, f"SELECT {pairs} FROM person_identifier WHERE key IN {{keys}}", keys)
    return msgspec.json.decode(str(found), type=dict[str, str]) if found else {}


def _keep(examined: Examined, places: list[int]) -> None:
    examined.rows = [examined.rows[i] for i in places]
    examined.fields = [examined.fields[i] for i in places] if examined.fields else []
    examined.assumed = [examined.assumed[i] for i in places]
    examined.source = [examined.source[i] for i in places]
