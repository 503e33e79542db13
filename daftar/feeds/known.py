"""Which persons are known: rows about others wait."""

from daftar.feeds.bulk import select_in
from daftar.feeds.examine import Examined
from daftar.feeds.persons import NOBODY
from daftar.store.dialect import Connection, for_sqlite

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
            found = select_in(conn, "SELECT key, person_key FROM person_identifier WHERE key IN {keys}", missing)
            self._keys.update((str(for_sqlite(key)), str(for_sqlite(person))) for key, person in found)
        return self._keys

    def part(self, conn: Connection, examined: Examined, identities: int) -> list[tuple[int, str]]:
        """Leave only rows about known persons in `examined`, with the persons' own keys.

        Returns the others: place in the block, and the key that is waited for. The first `identities` values of a row
        are keys of persons.
        """
        named = [[str(row[i]) for row in examined.rows] for i in range(identities)]
        known = self.look_up(conn, set().union(*named))
        if all(known.get(key) == key for key in set().union(*named)):
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


def _keep(examined: Examined, places: list[int]) -> None:
    examined.rows = [examined.rows[i] for i in places]
    examined.fields = [examined.fields[i] for i in places] if examined.fields else []
    examined.assumed = [examined.assumed[i] for i in places]
    examined.source = [examined.source[i] for i in places]
