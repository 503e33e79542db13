"""`daftar client make`: a machine client and its secret."""

import secrets as random
from datetime import UTC, datetime
from typing import Annotated

import typer

from daftar.config import environment as env
from daftar.disclosure.clients import client_make
from daftar.store.connect import connect, transaction
from daftar.store.keys import read_secrets

client = typer.Typer(no_args_is_help=True, help="Machine clients of organisations and feeds.")


@client.callback()
def _clients() -> None:
    """Keeps `make` a sub-command while it is the only one."""


@client.command()
def make(
    client_id: str,
    scopes: Annotated[str, typer.Option(help="Space-separated: eligibility, feeds:persons, …")],
    organisation: Annotated[str, typer.Option(help="Organisation code; empty for the insurer itself")] = "",
    office: Annotated[str, typer.Option(help="Office that a feed client speaks for")] = "",
) -> None:
    """Make a client and print its secret, which is not kept anywhere else."""
    secret = random.token_urlsafe(32)
    conn = connect(env.database_url())
    with transaction(conn):
        client_make(
            conn,
            read_secrets(env.state_folder() / "secret"),
            client_id=client_id,
            organisation=organisation,
            office=office,
            scopes=scopes,
            secret=secret,
            at=datetime.now(UTC),
        )
    conn.close()
    typer.echo(f"client_id={client_id}\nclient_secret={secret}")
