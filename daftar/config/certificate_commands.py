"""`daftar certificates new-key`: rotation of the key that signs the QR of certificates (ADR 0010)."""

import typer

from daftar.config import environment as env
from daftar.store.signing_keys import add_signing_key, signing_keys

certificates = typer.Typer(no_args_is_help=True, help="Keys of certificates.")


@certificates.callback()
def _certificates() -> None:
    """Keeps `new-key` a sub-command while it is the only one."""


@certificates.command()
def new_key() -> None:
    """Make a key that signs certificates from now on; the old ones stay published for what they have signed."""
    folder = env.certificate_keys()
    made = add_signing_key(folder)
    typer.echo(f"{made.kid} signs from now on; {len(signing_keys(folder))} keys are published.")
