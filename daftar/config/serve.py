"""Running the servers: `daftar serve` has gate and portal in one process on one port (design §7)."""

from datetime import UTC, datetime
from importlib import import_module

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops, RuntimeModes
from granian.log import LogLevels

from daftar.config import environment as env
from daftar.config.sealer import sealer_beside
from daftar.gate.tidying import MONTHS_AHEAD
from daftar.store.connect import connect, transaction
from daftar.store.dialect import rows
from daftar.store.months import ensure_months

TARGETS = {"both": "daftar.config.asgi:both", "gate": "daftar.config.asgi:gate", "portal": "daftar.config.asgi:portal"}


def serve(host: str, port: int, part: str = "both", workers: int = 1) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM); what is at hand is finished first."""
    refuse_settings()
    prepare()
    with sealer_beside():
        Granian(
            TARGETS[part],
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            factory=True,
            workers=workers,
            loop=Loops.uvloop,
            runtime_mode=RuntimeModes.st,  # with uvloop a third less processor time a request than the threaded runtime
            http=HTTPModes.http1,
            log_level=LogLevels.warning,
            backlog=2048,
        ).serve()


def refuse_settings() -> None:
    """Read what the workers will read, and raise SettingError here: a worker would end in a traceback for it."""
    import_module("daftar.config.settings")
    env.kannel()


def prepare() -> None:
    """Make this month's partitions and the next ones, before anybody asks; fails at once where there are no tables."""
    conn = connect(env.database_url())
    try:
        rows(conn, "SELECT version FROM access_change")  # without it each thread of the server would say so each second
        with transaction(conn):
            ensure_months(conn, datetime.now(UTC).date(), 1 + MONTHS_AHEAD)
    finally:
        conn.close()
