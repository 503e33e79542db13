"""`daftar registries`: which registries confirm evidence electronically, and asking them by hand (S2.13)."""

from datetime import UTC, datetime

import typer

from daftar.config.registry_settings import registries as addresses
from daftar.feeds.connectors.registries import AHEAD, CONNECTORS, decides_from
from daftar.terms.jurisdictions import jurisdictions

registries = typer.Typer(no_args_is_help=True, help="Registries that confirm evidence electronically.")


@registries.command("list")
def listed() -> None:
    """Each registry: from when on it alone decides, and whether it has an address."""
    known = addresses()
    for kind, connector in CONNECTORS.items():
        today = jurisdictions()[connector.jurisdiction].today(datetime.now(UTC))
        since = decides_from(kind, connector.jurisdiction, today)
        decides = "paper counts" if since is None else "decides today" if since == today else f"decides from {since} on"
        typer.echo(f"{connector.name}: {decides}; {'has an address' if kind in known else 'has no address'}")


@registries.command()
def ask() -> None:
    """Ask at once about everybody whose cover ends, or soon will, for want of what a registry could confirm."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
    import django

    django.setup()
    from daftar.config.registry_asking import ask_registries
    from daftar.portal.monitoring.leases import HeldElsewhere

    try:
        passes = ask_registries(by_day=True)
    except HeldElsewhere:
        typer.echo("Another process asks the registries at this moment; try again when it has ended.", err=True)
        raise typer.Exit(1) from None
    for name, done in passes.items():
        typer.echo(f"{name}: {done.asked:,} asked, {done.confirmed:,} confirmed, {done.not_answered:,} not answered")
    if not passes:
        typer.echo(f"No registry is asked: the law switches none on within {AHEAD.days} days, or none has an address.")
