"""Makes the data of the demo: tables, people through the feeds, log-ins, clients, `demo.json`; once."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from daftar.config import environment as env
from daftar.config.demo import progress
from daftar.config.demo.access import make_accounts, make_clients
from daftar.config.demo.bindings import bind_elder
from daftar.config.demo.cases import submit_cases
from daftar.config.demo.document import DOCUMENT_FILE, document, move_document, write_document
from daftar.config.demo.files import write_feeds
from daftar.config.demo.generate import PERSONS, SEED, Demo, generate
from daftar.config.demo.inquiries import announce, ask_as_providers
from daftar.config.demo.loading import load_feeds
from daftar.config.demo.objections import make_objections
from daftar.config.demo.staff import record_staff
from daftar.coverage import not_before
from daftar.store.connect import connect, transaction
from daftar.store.dialect import rows
from daftar.store.keys import Secrets, read_secrets
from daftar.terms.jurisdictions import jurisdictions

PROGRESS_FILE = "demo.progress.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the demo is made."""

    state: Path
    database_url: str
    base_url: str
    secrets: Secrets

    @classmethod
    def of_environment(cls) -> "Place":
        """As the settings say."""
        state = env.state_folder()
        return cls(state, env.database_url(), env.base_url(), read_secrets(state / "secret"))


def prepare(
    place: Place, console: Console, at: datetime, *, seed: int = SEED, persons: int = PERSONS
) -> dict[str, Any]:
    """Make what is not there yet, and return the content of `demo.json`. A complete demo is only read."""
    path = place.state / PROGRESS_FILE
    begun = progress.begin(path, seed=seed, persons=persons, database_url=place.database_url, at=at)
    ready = place.state / DOCUMENT_FILE
    set_up_django()
    _step(console, "Tables", migrate)
    if begun.complete and not _has_people(place):  # the database was removed, and its state folder kept
        begun = progress.begin_again(path, begun, at)
    if begun.complete and ready.exists():
        return move_document(ready, place.base_url)
    demo = _make(place, console, begun)
    today = jurisdictions()["ir"].today(begun.moment)
    content = document(demo.stories, place.secrets, today, place.base_url)
    write_document(ready, content)
    progress.finish(path, begun)
    return content


def _make(place: Place, console: Console, begun: progress.Progress) -> Demo:
    with console.status("Making people up"):
        demo = generate(begun.moment, seed=begun.seed, persons=begun.persons)
        files = write_feeds(demo.facts, place.state / "demo" / "feeds")
    load_feeds(place.database_url, place.secrets, files, begun.moment, console)
    _step(console, "Machine clients", lambda: _make_clients(place, begun.moment))
    _step(console, "Log-ins", lambda: make_accounts(place.secrets, demo.stories, begun.moment))
    _step(console, "Family proxy", lambda: bind_elder(place.secrets, demo.stories, begun.moment))
    _step(console, "Staff", lambda: record_staff(place.secrets, demo.behind, begun.moment))
    _step(console, "Cases", lambda: submit_cases(place.secrets, demo.stories, begun.moment))
    asked = not_before(begun.moment)  # the facts have come in since that moment, and no answer rests on what is to come
    _step(console, "Objections", lambda: make_objections(place.secrets, demo.stories, asked))
    _step(console, "Inquiries", lambda: ask_as_providers(place.secrets, demo.facts, demo.stories, asked))
    _step(console, "Announcements", lambda: announce(begun.moment))
    return demo


def _has_people(place: Place) -> bool:
    conn = connect(place.database_url)
    try:
        return bool(rows(conn, "SELECT 1 FROM person LIMIT 1"))
    finally:
        conn.close()


def _make_clients(place: Place, at: datetime) -> None:
    conn = connect(place.database_url)
    try:
        with transaction(conn):
            make_clients(conn, place.secrets, at)
    finally:
        conn.close()


def _step(console: Console, name: str, work: Callable[[], None]) -> None:
    with console.status(name):
        work()


def set_up_django() -> None:
    """Django, for migrations and accounts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
    import django

    django.setup()


def migrate() -> None:
    """All tables up to date."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
