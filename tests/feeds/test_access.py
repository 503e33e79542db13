"""Changes of who may ask raise the counter that gates watch, in the same transaction, once a chunk."""

import pytest

from daftar.feeds import batches
from tests.feeds.conftest import NOON, Registry
from tests.feeds.test_tables import ROWS


def version(registry: Registry) -> int:
    return registry.query("SELECT version FROM access_change WHERE id = 1")[0][0]


@pytest.mark.parametrize("table", ["organisations", "agreements", "provider_phones"])
def test_a_change_raises_the_version(registry: Registry, table: str) -> None:
    registry.load(table, [ROWS[table]])
    assert version(registry) == 1
    registry.load(table, [ROWS[table] | {"recorded_at": "2026-11-21T12:00:00Z"}])  # says the same
    registry.load(table, [ROWS[table] | {"deleted": "maybe"}])  # quarantined
    assert version(registry) == 1
    registry.load(table, [ROWS[table] | {"deleted": "true"}])
    assert version(registry) == 2


def test_a_chunk_that_fails_raises_nothing(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version belongs to the transaction of the rows."""

    def failing(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(batches, "quarantine", failing)
    with pytest.raises(RuntimeError):
        registry.load("organisations", [ROWS["organisations"]])
    assert (version(registry), registry.content("organisations")) == (0, [])


def test_other_tables_leave_it(registry: Registry) -> None:
    registry.load("offices", [ROWS["offices"]], at=NOON)
    assert version(registry) == 0
