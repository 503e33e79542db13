"""`daftar client make`: a machine client and its secret."""

import re
import secrets as random
from contextlib import closing
from datetime import UTC, datetime
from typing import Annotated

import typer

from daftar.config import environment as env
from daftar.disclosure.agreements import PURPOSES_BY_KIND
from daftar.disclosure.clients import client_exists, client_make
from daftar.feeds.readers import code
from daftar.feeds.tables import TABLES
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection, rows
from daftar.store.keys import read_secrets
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.texts import text

client = typer.Typer(no_args_is_help=True, help="Machine clients of organisations and feeds.")
CLIENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
PURPOSES = sorted({purpose for purposes in PURPOSES_BY_KIND.values() for purpose in purposes})
SCOPES = [*PURPOSES, *(f"feeds:{table}" for table in TABLES)]
LONGEST_OFFICE = 16
LONGEST_SCOPES = 300


@client.callback()
def _clients() -> None:
    """Keeps `make` a sub-command while it is the only one."""


@client.command()
def make(
    client_id: Annotated[str, typer.Argument(help="1 to 64 Latin letters, digits and . _ -")],
    scopes: Annotated[str, typer.Option(help=f"Space-separated: {', '.join(PURPOSES)}, feeds:persons, …")],
    organisation: Annotated[str, typer.Option(help="Organisation code; empty for the insurer itself")] = "",
    office: Annotated[str, typer.Option(help="Office that a feed client speaks for")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Make an existing client anew: its secret ends")] = False,
) -> None:
    """Make a client and print its secret, which is not kept anywhere else."""
    if not CLIENT_ID.fullmatch(client_id):
        raise typer.BadParameter("1 to 64 Latin letters, digits and . _ -", param_hint="client_id")
    wanted, office, secret = _scopes(scopes), _office(office), random.token_urlsafe(32)
    with closing(connect(env.database_url())) as conn, transaction(conn):
        _refuse_what_it_may_never(conn, wanted, organisation)
        if client_exists(conn, client_id) and not replace:
            raise typer.BadParameter(f"{client_id} exists; --replace makes it anew, and its secret ends")
        client_make(
            conn,
            read_secrets(env.state_folder() / "secret"),
            client_id=client_id,
            organisation=organisation,
            office=office,
            scopes=" ".join(wanted),
            secret=secret,
            at=datetime.now(UTC),
        )
    typer.echo(f"client_id={client_id}\nclient_secret={secret}")


def _scopes(typed: str) -> list[str]:
    """The scopes that were typed, each once."""
    wanted = list(dict.fromkeys(typed.split()))
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        said = f"{unknown[0] if unknown else ''!r} is none of {', '.join(SCOPES)}"
    elif len(" ".join(wanted)) > LONGEST_SCOPES:
        said = f"longer than {LONGEST_SCOPES} letters"
    else:
        return wanted
    raise typer.BadParameter(said, param_hint="--scopes")


def _office(typed: str) -> str:
    try:
        return str(code(LONGEST_OFFICE).read(typed)) if typed else ""
    except Misunderstood as error:
        raise typer.BadParameter(text(f"input.{error.code}", "en", **error.values), param_hint="--office") from None


def _refuse_what_it_may_never(conn: Connection, wanted: list[str], organisation: str) -> None:
    """Questions are asked for an organisation of a kind that may ask them; agreements may come later."""
    found = rows(conn, "SELECT kind FROM organisation WHERE code = ? AND NOT withdrawn", [organisation])
    if organisation and not found:
        raise typer.BadParameter(f"{organisation} is no organisation on record", param_hint="--organisation")
    kind = found[0][0] if found else ""
    for scope in wanted:
        if scope in PURPOSES and scope not in PURPOSES_BY_KIND.get(kind, ()):
            said = f"an organisation of the kind {kind} may never use {scope}"
            raise typer.BadParameter(
                said if kind else f"{scope} is only of use to an organisation", param_hint="--organisation"
            )
