"""The nightly work: whoever lacks, or will soon lack, what a registry could confirm is asked about (S2.13 c)."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daftar.feeds.connectors.asking import Journal, begin, finish
from daftar.feeds.connectors.port import Registry, Unanswered
from daftar.feeds.connectors.registries import AHEAD, CONNECTORS, Connector, is_asked
from daftar.store.connect import transaction
from daftar.store.dialect import Connection, as_uuid, rows
from daftar.store.keys import Key, Secrets
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import EvidenceKind

AT_ONCE = 4
CHUNK = 40
"""Requests under way at once: four hands a registry can bear. And persons that are looked for at once."""

NIGHT = range(1, 5)
"""Hours of the night in the jurisdiction's zone; by day the counters ask."""

_NOBODY = Key(UUID(int=0))
_DUE = """
SELECT DISTINCT c.key FROM coverage c JOIN person p ON p.key = c.key
LEFT JOIN connector_inquiry q ON q.key = c.key AND q.kind = ?
WHERE c.key > ? AND c.insurer = ? AND c.reason_after = ? AND c.starts <= ? AND c.ends < ?
AND p.jurisdiction = ? AND p.death_date IS NULL AND NOT p.withdrawn AND (q.again_at IS NULL OR q.again_at <= ?)
AND NOT EXISTS (
  SELECT 1 FROM coverage l WHERE l.key = c.key AND l.insurer = c.insurer AND l.starts > c.starts AND l.starts <= ?
)
ORDER BY c.key LIMIT ?
"""


@dataclass
class Pass:
    """What a pass over those who wait has done."""

    asked: int = 0
    confirmed: int = 0
    not_answered: int = 0


def is_night(connector: Connector, at: datetime) -> bool:
    """Whether it is the time of the nightly work where the persons live."""
    return jurisdictions()[connector.jurisdiction].local(at).hour in NIGHT


def due(conn: Connection, connector: Connector, *, day: date, at: datetime, after: Key, most: int) -> list[Key]:
    """Persons whose cover ends, or will end within some weeks, for want of what the registry could confirm."""
    horizon, insurer = day + AHEAD, jurisdictions()[connector.jurisdiction].insurer
    values = [connector.kind, after, insurer, connector.missing, horizon, horizon]
    found = rows(conn, _DUE, [*values, connector.jurisdiction, at, horizon, most])
    return [Key(as_uuid(key)) for (key,) in found]


def ask_due(
    conn: Connection,
    secrets: Secrets,
    registries: Mapping[EvidenceKind, Registry],
    *,
    by: Journal,
    clock: Callable[[], datetime],
    going_on: Callable[[Connector, datetime], bool] = is_night,
) -> dict[str, Pass]:
    """Ask every registry that is switched on about all who wait, until `going_on` says no; what each pass has done.

    Opens and commits its own transactions: pass a connection that is in none. A registry that does not answer is left
    alone until its breaker lets somebody through; the pass ends there, and the next one goes on.
    """
    passes = {}
    for kind, registry in registries.items():
        connector, at = CONNECTORS[kind], clock()
        if is_asked(connector, jurisdictions()[connector.jurisdiction].today(at)) and going_on(connector, at):
            passes[connector.name] = _one(conn, secrets, connector, registry, by, clock, going_on)
    return passes


def _one(
    conn: Connection,
    secrets: Secrets,
    connector: Connector,
    registry: Registry,
    by: Journal,
    clock: Callable[[], datetime],
    going_on: Callable[[Connector, datetime], bool],
) -> Pass:
    done, last = Pass(), _NOBODY
    keys: list[Key] = []
    with ThreadPoolExecutor(AT_ONCE, "registry") as hands:
        while going_on(connector, at := clock()):
            day = jurisdictions()[connector.jurisdiction].today(at)
            keys = keys or due(conn, connector, day=day, at=at, after=last, most=CHUNK)
            free = _free(registry, min(AT_ONCE, len(keys)), at)
            if not free:
                break
            now, keys, last = keys[:free], keys[free:], keys[free - 1]
            with transaction(conn):
                questions = begin(conn, secrets, connector, now, day=day, at=at, by=by)
            if not questions:
                registry.unasked(at)
            findings = hands.map(lambda question: registry.ask(question, at=clock()), questions)
            found = list(zip(questions, findings, strict=True))
            with transaction(conn):
                done.confirmed += finish(conn, connector, found, at=clock(), by=by)
            done.asked += len(found)
            done.not_answered += sum(isinstance(finding, Unanswered) for _, finding in found)
    return done


def _free(registry: Registry, most: int, at: datetime) -> int:
    """How many may be asked about now: none while the registry is left alone, one after that, else as many as wait."""
    free = 0
    while free < most and registry.ready(at):
        free += 1
    return free
