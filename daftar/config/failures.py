"""What an operator can mend is said in one sentence, with exit code 2; what is ours to mend keeps its traceback.

One place for all commands: a table that is not there yet, a database away, a setting, a port, a parameter file.
"""

import errno
import os
import socket
import sqlite3
from typing import Any
from urllib.parse import urlsplit

import psycopg
import typer
from typer.core import TyperGroup

from daftar.config import environment as env
from daftar.rules.parameters import ParameterError

SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""Errors of SQLite that say something about the file or who else uses it, none about our statement."""

POSTGRESQL_AWAY = ("08", "25006", "28", "3D", "42501", "53", "55", "57", "58")
"""Beginnings of the states of PostgreSQL that do so: connection, log-in, rights, room, shutdown, waited too long."""

FILES_AWAY = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT}
"""Errors of files that only who runs the machine can mend."""


class CannotDo(Exception):
    """A command cannot be done as things stand; its words are the sentence that says why."""


class Sentences(TyperGroup):
    """The commands, none of which ends in a traceback where the operator can do something about it."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; exit code 2 and a sentence where `what_to_mend` knows one."""
        try:
            make_state_folder()
            return super().invoke(ctx)
        except Exception as error:
            said = what_to_mend(error)
            if said is None:
                raise
            typer.echo(said, err=True)
            raise typer.Exit(2) from None


def make_state_folder() -> None:
    """Where the embedded database and the secret lie. Raises CannotDo where it cannot be made."""
    folder = env.state_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CannotDo(f"The state folder {folder} cannot be made: {why}; DAFTAR_STATE names another one.") from error


def refuse_port(host: str, port: int) -> None:
    """Raise CannotDo where nobody can listen; the server would only say so in three hundred lines."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            said = f"Port {port} of {host} is taken by another program: choose another one with --port or PORT."
        else:
            said = (
                f"Nobody can listen at {host}, port {port}: {error.strerror}; see --host and --port, or HOST and PORT."
            )
        raise CannotDo(said) from error


def what_to_mend(error: Exception) -> str | None:
    """The sentence about an error that is the operator's to mend; None for all others."""
    if isinstance(error, CannotDo | ParameterError):
        return str(error)
    if isinstance(error, env.SettingError):
        return f"{error}."
    if isinstance(error, OSError) and error.errno in FILES_AWAY:
        return f"{error.filename or 'A file'}: {error.strerror}."
    for each in (error, error.__cause__):  # Django's errors are raised from the driver's
        if isinstance(each, sqlite3.Error | psycopg.Error):
            return _about_database(each)
    return None


def _about_database(error: sqlite3.Error | psycopg.Error) -> str | None:
    if _table_missing(error):
        return "The database lacks tables of this version: run `daftar migrate`." if _tables_lag() else None
    if not _away(error):
        return None
    why = str(error).strip().partition("\n")[0] or type(error).__name__
    return f"The database {_place()} cannot be used: {why}. DAFTAR_DATABASE says which one it is."


def _table_missing(error: sqlite3.Error | psycopg.Error) -> bool:
    if isinstance(error, psycopg.Error):
        return isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn)
    return str(error).startswith(("no such table", "no such column")) or "has no column named" in str(error)


def _tables_lag() -> bool:
    """Whether migrations wait; where none does, a name that the database does not know is our mistake."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _away(error: sqlite3.Error | psycopg.Error) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in SQLITE_AWAY
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(POSTGRESQL_AWAY)


def _place() -> str:
    """The file, or host and name, of the database: never its password."""
    parts = urlsplit(env.database_url())
    name = parts.path.lstrip("/")
    return f"/{name}" if parts.scheme == "sqlite" else f"{name} at {parts.netloc.rpartition('@')[2]}"
