"""`daftar demo`: made-up people, loaded through the feeds, and a server (issue 2)."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from daftar.config.failures import CannotDo, refuse_port


def demo(
    host: Annotated[str, typer.Option(envvar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535)] = 8000,
) -> None:
    """Fill an embedded database with made-up people, say who can log in, and serve. A second start takes seconds."""
    from daftar.config.demo.run import run

    refuse_port(host, port)
    run(host=host, port=port, at=datetime.now(UTC))


def demo_code(role: Annotated[str, typer.Argument(help="Role as in the list of log-ins")]) -> None:
    """Print the current code of a demo log-in's second factor."""
    import json

    from daftar.config import environment as env
    from daftar.config.demo.second_factor import current_code

    path = env.state_folder() / "demo.json"
    if not path.exists():
        raise CannotDo(f"There is no demo in {env.state_folder()} yet: run `daftar demo` (or make demo).")
    log_ins = json.loads(path.read_text(encoding="utf-8"))["logins"]
    if "totp_secret" not in log_ins.get(role, {}):
        raise typer.BadParameter("no log-in of that role has a second factor", param_hint="role")
    typer.echo(current_code(log_ins[role]["totp_secret"], datetime.now(UTC)))
