"""One household, or some thousands of persons: facts, law, spans, in the caller's transaction."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from daftar.coverage.overlaps import renew
from daftar.coverage.reading import Facts, facts_of
from daftar.coverage.scope import lock, mains_of
from daftar.coverage.writing import Span, no_longer_due, replace, spans_in, stored
from daftar.rules import version
from daftar.rules.engine.duckdb import spans_of
from daftar.store.dialect import Connection, is_sqlite
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Basis, Reason
from daftar.terms.periods import EARLIEST_SERVICE_DAY

DAY = timedelta(days=1)
CHUNK = 5_000
"""Persons handled at once: bounds memory, and keeps the law's fixed cost small."""


def rebuild(conn: Connection, keys: Iterable[UUID], *, at: datetime) -> int:
    """Compute the spans of these persons and of all who depend on them, and rewrite those that changed.

    In the caller's transaction, after its facts; nothing is committed here. `at` is kept with the spans replaced.
    Returns the number of persons whose spans changed.
    """
    wanted = sorted(set(keys))
    chunks = (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))
    return sum(_rebuild(conn, chunk, at=at) for chunk in chunks)


def _rebuild(conn: Connection, keys: Collection[UUID], *, at: datetime) -> int:
    touched = lock(conn, keys)
    no_longer_due(conn, touched)  # before the facts are read: a mark that comes later stands for facts not read here
    facts = facts_of(conn, touched, mains_of(conn, touched))
    spans = lawful_spans(conn, facts, touched)
    renew(conn, spans, touched)
    return replace(conn, stored(conn, touched), spans, at=at)


def lawful_spans(conn: Connection, facts: Facts, keys: Collection[UUID]) -> set[Span]:
    """Spans of `keys` by the law; facts of others are only read for theirs."""
    spans = spans_of(facts)
    wanted = pa.array([_text(conn, key) for key in keys], pa.string())
    found = spans_in(spans.filter(pc.is_in(spans["key"], wanted)))
    persons = facts["persons"].filter(pc.is_in(facts["persons"]["key"], wanted))
    return found | _never_insured(persons, {span.key for span in found})


def _never_insured(persons: pa.Table, with_spans: set[str]) -> set[Span]:
    """An empty span for each known person of whom the law says nothing: no span at all means unknown (ADR 0002)."""
    known = zip(persons["key"].to_pylist(), persons["jurisdiction"].to_pylist(), strict=True)
    return {_no_affiliation(key, code) for key, code in known if key not in with_spans}


def _no_affiliation(key: str, jurisdiction: str) -> Span:
    insurer, reason = jurisdictions()[jurisdiction].insurer, Reason.NO_AFFILIATION.value
    starts, ends = EARLIEST_SERVICE_DAY.isoformat(), (EARLIEST_SERVICE_DAY - DAY).isoformat()
    return Span(key, insurer, starts, ends, Basis.NONE.value, reason, reason, version(jurisdiction))


def _text(conn: Connection, key: UUID) -> str:
    return key.hex if is_sqlite(conn) else str(key)
