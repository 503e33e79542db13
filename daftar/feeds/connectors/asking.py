"""Asking registries and keeping what they confirm: claim, ask without any transaction, record (S2.13 c).

Sending a person's number is a disclosure: it is journalled before it is sent, and committed (X.5). The claim that goes
with it keeps two workers, or two presses of a button, from asking the same at once; a worker that dies between claim
and record leaves a claim behind that runs out. What is confirmed is evidence whose source is `connector`; the spans are
rebuilt in the same transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from daftar import coverage
from daftar.answers import Entry, TrackingCodes, record
from daftar.answers.writers import Writer
from daftar.coverage.past import paper_known_since
from daftar.coverage.scope import among
from daftar.feeds.connectors.port import Confirmed, Finding, NotFound, Question
from daftar.feeds.connectors.registries import Connector
from daftar.store.dialect import Connection, as_uuid, execute, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import open_fields
from daftar.terms.identifiers import read_identifier
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground

CLAIMED = timedelta(hours=1)
ANSWERED_AGAIN = timedelta(days=7)
UNANSWERED_AGAIN = timedelta(hours=20)
"""When the nightly work asks about the same person again: after an answer, and after none (the next night)."""

PRESSED_AGAIN = timedelta(minutes=1)
"""How soon the counter may ask again."""

MODE = "registry"
SOURCE = "connector"

_INSERT = (
    "INSERT INTO connector_inquiry (key, kind, asked_at, again_at, outcome) VALUES (?, ?, ?, ?, 'asked')"
    " ON CONFLICT (key, kind) DO UPDATE SET asked_at = excluded.asked_at, again_at = excluded.again_at,"
    " outcome = excluded.outcome WHERE"
)
_CLAIM_DUE = f"{_INSERT} connector_inquiry.again_at <= ? RETURNING key"
_CLAIM_PRESSED = f"{_INSERT} connector_inquiry.asked_at <= ? RETURNING key"
_EVIDENCE = (
    "INSERT INTO evidence (key, kind, valid_from, valid_until, source, office, recorded_at, withdrawn, known_since)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, kind, valid_from) DO UPDATE SET"
    " valid_until = excluded.valid_until, source = excluded.source, office = excluded.office,"
    " recorded_at = excluded.recorded_at, withdrawn = excluded.withdrawn, known_since = excluded.known_since"
)


@dataclass(frozen=True, slots=True)
class Journal:
    """Who asks, and where that is written down: an account at an office's counter, or nobody but the service."""

    writer: Writer
    tracking: TrackingCodes
    account: str = ""
    office: str = ""

    @property
    def pressed(self) -> bool:
        """Whether a person asks, not the nightly work."""
        return bool(self.account)


def begin(
    conn: Connection,
    secrets: Secrets,
    connector: Connector,
    keys: Collection[Key],
    *,
    day: date,
    at: datetime,
    by: Journal,
) -> list[Question]:
    """Claim persons and journal that a registry is asked about them; the questions to ask after the commit.

    Who was asked about a moment ago, or has no number that the registry understands, is left out.
    """
    claim, before = (_CLAIM_PRESSED, at - PRESSED_AGAIN) if by.pressed else (_CLAIM_DUE, at)
    claimed = [
        key for key in sorted(keys) if execute(conn, claim, [key, connector.kind, at, at + CLAIMED, before]).fetchall()
    ]
    questions = _questions(conn, secrets, connector, claimed, day)
    if questions:
        entries = [_entry(connector, each.key, "asked", "identifier", by) for each in questions]
        record(conn, entries, at=at, writer=by.writer, tracking=by.tracking)
    return questions


def finish(
    conn: Connection, connector: Connector, found: Sequence[tuple[Question, Finding]], *, at: datetime, by: Journal
) -> int:
    """Keep what was found and rebuild the spans of those whom it concerns; how many were confirmed."""
    confirmed = [(question, finding) for question, finding in found if isinstance(finding, Confirmed)]
    for question, finding in found:
        again = ANSWERED_AGAIN if isinstance(finding, Confirmed | NotFound) else UNANSWERED_AGAIN
        execute(
            conn,
            "UPDATE connector_inquiry SET outcome = ?, again_at = ? WHERE key = ? AND kind = ?",
            [outcome_of(finding), at + again, question.key, connector.kind],
        )
    for question, finding in confirmed:
        _keep(conn, connector, question.key, finding, at=at, by=by)
    if confirmed:
        coverage.rebuild(conn, [question.key for question, _ in confirmed], at=at)  # persons first, then the writer
        entries = [_entry(connector, question.key, "confirmed", "evidence", by, told) for question, told in confirmed]
        record(conn, entries, at=at, writer=by.writer, tracking=by.tracking)
    return len(confirmed)


def outcome_of(finding: Finding) -> str:
    """What a finding is called in the table: confirmed, not_found, or why there was no answer."""
    if isinstance(finding, Confirmed):
        return "confirmed"
    return "not_found" if isinstance(finding, NotFound) else finding.why


def _keep(conn: Connection, connector: Connector, key: Key, told: Confirmed, *, at: datetime, by: Journal) -> None:
    kind, first, until = str(connector.kind), told.valid_from, told.valid_until
    since = paper_known_since(conn, key, kind, first, valid_until=until, source=SOURCE, at=at)
    execute(conn, _EVIDENCE, [key, kind, first, until, SOURCE, by.office, at, False, since])


def _questions(
    conn: Connection, secrets: Secrets, connector: Connector, keys: Collection[Key], day: date
) -> list[Question]:
    condition, values = among(conn, "key", keys)
    found = []
    for key, type_name, sealed in rows(
        conn, f"SELECT key, type, sealed FROM person_identifier WHERE {condition} ORDER BY key", values
    ):
        try:
            identifier = read_identifier(type_name, open_fields(secrets, "person_identifier", sealed)["number"])
        except (Misunderstood, KeyError):
            continue  # a number that the reader of today does not take would only be refused elsewhere
        found.append(Question(uuid4(), Key(as_uuid(key)), identifier, day))
    return found


def _entry(
    connector: Connector, key: Key, outcome: str, shown: str, by: Journal, told: Confirmed | None = None
) -> Entry:
    return Entry(
        channel=Channel.COUNTER if by.pressed else Channel.API,
        mode=MODE,
        key=key,
        outcome=outcome,
        reason=str(connector.kind),
        ground=Ground.DUTY,
        shown=shown,
        account=by.account or None,
        office=by.office or None,
        period_from=told.valid_from if told else None,
        period_to=told.valid_until if told else None,
        reference=connector.name,
    )
