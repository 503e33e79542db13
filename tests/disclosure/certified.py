"""A world with one citizen, two funds and a certificate, for tests of certificates below the portal."""

from datetime import datetime
from pathlib import Path
from typing import Any

from daftar.answers import SharedWriter, TrackingCodes
from daftar.disclosure.certificates import Certificate, House, access_code
from daftar.disclosure.certificates.issuing import NotIssued, Owner, Wish, issue
from daftar.disclosure.certificates.journal import Actor
from daftar.disclosure.certificates.opening import NotOpened, open_certificate
from daftar.store.connect import transaction
from daftar.store.dialect import execute
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import seal_fields
from daftar.store.signing_keys import SigningKey, signing_keys
from daftar.terms.outcomes import Channel
from tests.disclosure.affiliated import AT, People

ISSUER = "https://daftar.example"
CLERK = Actor(account="clerk", channel=Channel.WEB, organisation="fund")
STRANGER = Actor(account="stranger", channel=Channel.WEB, organisation="other")
WRONG = "0" * 12


class Bench:
    """Acts as the owner and as organisations, each step in a transaction of its own."""

    def __init__(self, conn: Any, secrets: Secrets, folder: Path) -> None:
        self.conn, self.secrets = conn, secrets
        self.house = House(secrets, SharedWriter(), TrackingCodes(secrets))
        self.keys: list[SigningKey] = signing_keys(folder)
        with transaction(conn):
            people = People(conn, secrets)
            self.key: Key = people.person("Ali")
            people.spell(self.key, "2020-01-01")
            self.nobody: Key = people.person("Sara")
            choose_mail(conn, secrets, self.key)
        self.owner = Owner(self.key, "ir", Actor(account="citizen-1", channel=Channel.WEB))

    def issue(self, at: datetime = AT, owner: Owner | None = None, **period: Any) -> Certificate | NotIssued:
        """A certificate for the fund."""
        with transaction(self.conn):
            wish = Wish("fund", "صندوق نمونه", **period)
            return issue(self.conn, self.house, owner or self.owner, wish, key=self.keys[0], issuer=ISSUER, at=at)

    def code(self, held: Certificate) -> str:
        """Its access code."""
        return access_code(self.conn, self.secrets, held.number)

    def open(
        self, held: Certificate, code: str, by: Actor = CLERK, *, allowed: bool = True, at: datetime = AT
    ) -> Certificate | NotOpened:
        """Type number and code."""
        with transaction(self.conn):
            return open_certificate(self.conn, self.house, held.number, code, by=by, allowed=allowed, at=at)


def choose_mail(conn: Any, secrets: Secrets, key: Key) -> None:
    """The owner is told by mail, in English."""
    execute(
        conn,
        "INSERT INTO notice_choice (key, channel, language, sealed) VALUES (?, 'mail', 'en', ?)",
        [key, seal_fields(secrets, "notice_choice", {"mail": "ali@example.org"})],
    )
