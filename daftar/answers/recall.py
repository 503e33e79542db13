"""Reading answers back from the journal: for retries, for the asker's GET, for explanations."""

from collections.abc import Collection
from typing import Any

from daftar.answers.journal import COLUMNS, as_mapping
from daftar.answers.questions import Answer, Payer
from daftar.answers.tracking import TrackingCodes
from daftar.store.dialect import Connection, as_date, as_datetime, as_uuid, marks, rows
from daftar.terms.outcomes import Basis, Reason, Setting, Status

_UUIDS = ("key", "acting_for")
_DATES = ("service_day", "period_from", "period_to", "valid_until")
_TIMES = ("asked_at",)


def read_inquiries(conn: Connection, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Journal rows by id, each a mapping of column to typed value (times aware); unknown ids are absent."""
    if not ids:
        return {}
    found = rows(conn, f"SELECT {', '.join(COLUMNS)} FROM inquiry WHERE id IN ({marks(list(ids))})", list(ids))
    return {int(line[0]): _typed(as_mapping(line)) for line in found}


def read_answers(conn: Connection, ids: Collection[int], tracking: TrackingCodes) -> dict[int, Answer]:
    """Answers as they were given, by id; only rows of entitlement inquiries may be asked for."""
    return {id: _answer(row, tracking) for id, row in read_inquiries(conn, ids).items()}


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    row.update({name: as_uuid(row[name]) for name in _UUIDS if row[name] is not None})
    row.update({name: as_date(row[name]) for name in _DATES})
    row.update({name: as_datetime(row[name]) for name in _TIMES})
    return row


def _answer(row: dict[str, Any], tracking: TrackingCodes) -> Answer:
    return Answer(
        id=row["id"],
        tracking_code=tracking.codes([row["id"]])[0],
        answered_at=row["asked_at"],
        service_day=row["service_day"],
        setting=Setting(row["setting"]),
        status=Status(row["outcome"]),
        reason=Reason(row["reason"]),
        basis=Basis.NONE,  # not kept in the journal: the explanation finds the span
        valid_until=row["valid_until"],
        payers=None if row["payers"] is None else read_payers(row["payers"]),
        rule_version=row["rule_version"],
    )


def read_payers(written: str) -> tuple[Payer, ...]:
    """Payers as `ask` wrote them: `insurer:reason` in order, space-separated."""
    pairs = [each.rpartition(":") for each in written.split()]
    return tuple(Payer(insurer, order, reason) for order, (insurer, _, reason) in enumerate(pairs, start=1))
