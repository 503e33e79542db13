"""Telephones that call in one database: an insured person, a provider, a stranger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from daftar.answers import SharedWriter, TrackingCodes
from daftar.gate.ussd.asking import dialogue_id
from daftar.gate.ussd.conversation import converse
from daftar.gate.ussd.dialogue import mark_of
from daftar.gate.ussd.heard import Heard, Said
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection, execute, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import seal_fields
from tests.gate.installation import Registry, national_code

COVERED, LAPSED, UNKNOWN = national_code(1), national_code(2), national_code(999_999)
OWN, LAPSED_OWN, DOCTOR, STRANGER = "+989120000001", "+989120000002", "+989130000001", "+989140000001"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class Telephones:
    """Calls them, a batch a time, each in a transaction of its own."""

    url: str
    conn: Connection
    secrets: Secrets
    registry: Registry
    at: datetime = NOW
    sessions: "count[int]" = field(default_factory=count)

    def heard(self, number: str, session: str, *words: str) -> Heard:
        """What an aggregator sends: all words so far."""
        caller = self.secrets.mobile_key(number)
        return Heard(dialogue_id(self.secrets, "net", session), caller, "ir", words)

    def by_smpp(self, number: str, mark: str, *words: str, begins: bool = False) -> Heard:
        """What comes by Kannel: one word at a time."""
        caller = self.secrets.mobile_key(number)
        return Heard(dialogue_id(self.secrets, "kannel", number), caller, "ir", words, mark_of(mark), begins)

    def say(self, *heard: Heard) -> list[Said]:
        """A batch in one committed transaction."""
        with transaction(self.conn):
            return converse(
                self.conn,
                heard,
                at=self.at,
                secrets=self.secrets,
                writer=SharedWriter(1),
                tracking=TrackingCodes(self.secrets),
            )

    def dial(self, number: str, *words: str) -> Said:
        """A new dialogue in which words are typed one after the other; what is said last."""
        session = f"s{next(self.sessions)}"
        for last in range(len(words) + 1):
            said = self.say(self.heard(number, session, *words[:last]))[0]
        return said

    def journal(self) -> list[Sequence[object]]:
        """What was journalled, in order."""
        return rows(
            self.conn,
            "SELECT mode, outcome, ground, organisation, account, channel, shown, acting_for FROM inquiry ORDER BY id",
        )

    def later(self, **time: float) -> None:
        """Time goes on."""
        self.at += timedelta(**time)


def phone(registry: Registry, organisation: str, number: str, ends: date | None = None) -> None:
    """A registered telephone of a provider."""
    registry.write(
        (
            "INSERT INTO provider_phone (organisation, mobile_key, sealed, starts, ends, office, recorded_at,"
            " withdrawn) VALUES (?, ?, ?, ?, ?, '', ?, ?)",
            [
                organisation,
                registry.secrets.mobile_key(number),
                seal_fields(registry.secrets, "provider_phone", {"mobile": number}),
                date(2020, 1, 1),
                ends,
                NOW,
                False,
            ],
        )
    )


def fill(registry: Registry) -> dict[str, Key]:
    """A provider with a telephone, a covered person and one whose cover has lapsed; their keys by number."""
    registry.organisation("provider-1")
    phone(registry, "provider-1", DOCTOR)
    covered = registry.person(COVERED, mobile=OWN)
    registry.span(covered, date(2020, 1, 1), date(2027, 3, 20))
    lapsed = registry.person(LAPSED, mobile=LAPSED_OWN)
    registry.span(lapsed, date(2020, 1, 1), date(2025, 6, 30))
    return {COVERED: covered, LAPSED: lapsed}


@pytest.fixture
def telephones(database_url: str, secrets: Secrets):
    registry = Registry(database_url, secrets)
    fill(registry)
    conn = connect(database_url)
    execute(conn, "SELECT 1")
    yield Telephones(database_url, conn, secrets, registry)
    conn.close()
