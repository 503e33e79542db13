"""PostgreSQL databases of tests: copies of a template that are used again, each time under another name."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

ORIGINAL = Path(__file__).with_name("original.sql")
MOST_USES = 60
"""What was deleted still takes room; after so many tests a copy is made anew."""


def named(server: str, name: str) -> str:
    """URL of a database of a server."""
    return server.replace("/postgres?", f"/{name}?")


def keep_original(url: str) -> None:
    """Note in a template what it holds, now that it is filled."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(ORIGINAL.read_text(encoding="utf-8"))


class Copies:
    """Copies of one template. A test finds what the template holds, and a name that no other test has seen."""

    def __init__(self, server: str, template: str) -> None:
        self.server, self.template = server, template
        self.idle: list[tuple[str, int]] = []

    @contextmanager
    def one(self) -> Iterator[str]:
        """URL of a copy, for the block alone."""
        name, uses = self.idle.pop() if self.idle else (self._made(), 0)
        yield named(self.server, name)
        self._take_back(name, uses + 1)

    def _made(self) -> str:
        name = _new_name()
        self._run("CREATE DATABASE {} TEMPLATE {}", name, self.template)
        return name

    def _take_back(self, name: str, uses: int) -> None:
        if uses < MOST_USES and self._put_back(name):
            fresh = _new_name()
            self._run("ALTER DATABASE {} RENAME TO {}", name, fresh)
            self.idle.append((fresh, uses))
        else:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _put_back(self, name: str) -> bool:
        with psycopg.connect(self.server, autocommit=True) as conn:  # as DROP … WITH (FORCE): nobody is left in it
            conn.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", [name])
        with psycopg.connect(named(self.server, name)) as conn:
            row = conn.execute("SELECT original.put_back()").fetchone()
            return bool(row and row[0])

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as conn:
            conn.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _new_name() -> str:
    return f"test_{uuid.uuid4().hex[:12]}"
