"""The command line `daftar`: each command is a few lines that wire rooms together."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from daftar.config.failures import Sentences, refuse_port

app = typer.Typer(cls=Sentences, no_args_is_help=True, help="Daftar: the counter of a social insurer on the network.")


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    _django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    typer.echo("The database is up to date.")


@app.command()
def serve(
    part: Annotated[str, typer.Argument(help="both, gate or portal")] = "both",
    host: Annotated[str, typer.Option(envvar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1)] = 1,
) -> None:
    """Serve gate and portal on one port, or one of them."""
    from daftar.config.serve import TARGETS, serve

    if part not in TARGETS:
        raise typer.BadParameter(f"one of {', '.join(TARGETS)}", param_hint="part")
    refuse_port(host, port)
    os.environ.setdefault("DAFTAR_BASE_URL", f"http://{host}:{port}")
    serve(host, port, part, workers)


@app.command()
def work() -> None:
    """Answer files of inquiries until told to stop. `serve` does so too; more processes answer more lines."""
    from daftar.config.file_work import work_until_stopped

    _django()
    work_until_stopped()


@app.command()
def explain(code: Annotated[str, typer.Argument(help="Tracking code, in any digits and grouping")]) -> None:
    """Explain an answered tracking code: the answer, the span that decided it, the facts behind it. Journalled."""
    from daftar.config.explain_command import explain_code

    raise typer.Exit(explain_code(code, datetime.now(UTC)))


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
    import django

    django.setup()


def _attach() -> None:
    """Sub-commands, each in the file of its noun."""
    from daftar.config.account_commands import account
    from daftar.config.certificate_commands import certificates
    from daftar.config.client_commands import client
    from daftar.config.coverage_commands import coverage
    from daftar.config.demo_command import demo, demo_code
    from daftar.config.feed_commands import feed
    from daftar.config.journal_commands import journal
    from daftar.config.registry_commands import registries
    from daftar.config.rules_commands import rules

    app.add_typer(account, name="account")
    app.add_typer(feed, name="feed")
    app.add_typer(rules, name="rules")
    app.add_typer(coverage, name="coverage")
    app.add_typer(registries, name="registries")
    app.add_typer(client, name="client")
    app.add_typer(certificates, name="certificates")
    app.add_typer(journal, name="journal")
    app.command()(demo)
    app.command()(demo_code)


_attach()


if __name__ == "__main__":
    app()
