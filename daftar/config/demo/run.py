"""`daftar demo`: make the data once, say what to open and who can log in, serve."""

import os
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from daftar.config import environment as env


def run(*, host: str, port: int, at: datetime) -> None:
    """Prepare and serve until stopped. Sets the demo's environment: it must come before Django's settings are read."""
    os.environ["DAFTAR_DEMO"] = "true"
    os.environ["PORT"] = str(port)
    from daftar.config.demo.access import kannel_secret, ussd_gateway
    from daftar.config.demo.prepare import Place, prepare
    from daftar.config.serve import serve

    console = Console()
    place = Place.of_environment()
    content = prepare(place, console, at)
    os.environ.setdefault("DAFTAR_KANNEL_SECRET", kannel_secret(place.secrets))
    os.environ.setdefault("DAFTAR_USSD_GATEWAYS", ":".join(ussd_gateway(place.secrets)))
    welcome(console, content)
    serve(host, port)


def welcome(console: Console, content: dict[str, Any]) -> None:
    """What to open, and the log-ins by role. Lines are not wrapped: addresses stay whole."""
    base = content["base_url"]
    lines = (
        f"\n[bold]Daftar is open at[/] {base}/fa/  ·  {base}/zh/  ·  {base}/en/",
        f"SMS and mail land in {content['outbox_url']} (nothing leaves this machine).",
        "Insured people sign up with a name and number of demo.json; codes come to the outbox.",
        f"People, machine clients and expected answers: {env.state_folder() / 'demo.json'}\n",
    )
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False)
    console.print(log_ins(content["logins"]))
    console.print("The current code of a second factor: [bold].venv/bin/daftar demo-code ROLE[/]\n", soft_wrap=True)


def log_ins(entries: dict[str, dict[str, str]]) -> Table:
    """A table of log-ins; secrets of second factors stand in demo.json."""
    table = Table(title="Log-ins", title_justify="left", box=None, pad_edge=False)
    for heading in ("role", "user", "password", "2nd factor"):
        table.add_column(heading, overflow="fold")  # whole in 80 columns, and in fewer folded: never cut short
    for name, entry in entries.items():
        table.add_row(name, entry["user"], entry["password"], "yes" if "totp_secret" in entry else "no")
    return table
