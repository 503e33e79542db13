"""What was answered and journalled, as a reply for one asker: the permitted fields by name."""

from datetime import date, datetime
from typing import Any

import msgspec

from daftar.disclosure.affiliation.decision import Decision
from daftar.disclosure.affiliation.projection import Projection
from daftar.disclosure.affiliation.questions import (
    AffiliationAnswer,
    AffiliationQuestion,
    AffiliationRefused,
    AffiliationReply,
)
from daftar.store.sealing import Record
from daftar.terms.tracking_codes import TrackingCode


class Told(msgspec.Struct, frozen=True, gc=False):
    """What a question is told, and on what it rests."""

    decision: Decision
    projection: Projection


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """A question that stands in the journal under `code`, and what it was told, or why it was refused.

    It counts once the transaction is committed.
    """

    question: AffiliationQuestion
    today: date
    code: TrackingCode
    asked_at: datetime
    told: Told | AffiliationRefused


def reply(recorded: Recorded) -> AffiliationReply:
    """The reply for who asked."""
    told = recorded.told
    if isinstance(told, AffiliationRefused):
        return AffiliationRefused(told.problem, told.faults, recorded.code)
    projection = told.projection
    return AffiliationAnswer(
        tracking_code=recorded.code,
        outcome=told.decision.outcome,
        asked_at=recorded.asked_at,
        today=recorded.today,
        period_from=recorded.question.period_from,
        period_to=recorded.question.period_to,
        person=_fields(projection.person),
        spells=None if projection.spells is None else tuple(map(_named, projection.spells)),
        main_insured=_fields(projection.main_insured),
        contact=_contact(projection),
        shown=tuple(projection.shown.split()),
    )


def _contact(projection: Projection) -> dict[str, Any] | None:
    if projection.contact is None:
        return None
    return {**_named(projection.contact), "workplaces": tuple(map(_named, projection.workplaces))}


def _fields(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else _named(record)


def _named(record: Record) -> dict[str, Any]:
    return msgspec.structs.asdict(record)
