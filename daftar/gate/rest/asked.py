"""Finding an inquiry again by its tracking code, for the organisation that asked; recording an admission's payer."""

from datetime import datetime
from typing import Any

import msgspec

from daftar.answers import Answer
from daftar.answers.recall import read_answers
from daftar.disclosure.admissions import Choice, NotRecorded, asked_by, payers_told, read_reference, record_choice
from daftar.gate.access import ClientAccess
from daftar.gate.counter import Counter
from daftar.gate.problems import FieldError, Problem
from daftar.store.dialect import Connection
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel
from daftar.terms.tracking_codes import read_tracking_code


class AdmissionChoice(msgspec.Struct, forbid_unknown_fields=True):
    """The payer that a hospital chose, under its own admission number."""

    reference: str
    payer: str


class AdmissionRecorded(msgspec.Struct):
    """The choice as recorded."""

    tracking_code: str
    reference: str
    payer: str
    recorded_at: datetime


def find_asked(counter: Counter, conn: Connection, code: str, client: ClientAccess) -> Answer:
    """The answer under a tracking code. Raises Problem `not-found`, also when another organisation asked."""
    return find_inquiry(counter, conn, code, client)[1]


def find_inquiry(counter: Counter, conn: Connection, code: str, client: ClientAccess) -> tuple[dict[str, Any], Answer]:
    """The journal's row and the answer. Raises Problem `not-found`, also when another organisation asked."""
    id = _id_of(counter, code)
    asked = asked_by(conn, id, client.organisation)
    if asked is None:
        raise Problem("not-found")
    return asked, read_answers(conn, [id], counter.tracking)[id]


def record_admission(
    counter: Counter, conn: Connection, code: str, client: ClientAccess, choice: AdmissionChoice, at: datetime
) -> AdmissionRecorded:
    """Record the payer of an inpatient inquiry, once; the same choice again is the same answer (S2.5).

    Raises Problem `not-found`, `invalid-input` (not inpatient, not one of the payers told), `already-recorded`.
    """
    id = _id_of(counter, code)
    asked = asked_by(conn, id, client.organisation)
    if asked is None:
        raise Problem("not-found")
    reference = _read_reference(choice.reference)
    chosen = Choice(id, reference, choice.payer, client.organisation, client.client_id, Channel.API)
    recorded = record_choice(conn, chosen, at=at, writer=counter.writer, tracking=counter.tracking)
    if recorded is NotRecorded.NOT_A_PAYER:
        allowed = ", ".join(payers_told(asked))
        raise Problem("invalid-input", (FieldError("payer", "unknown_word", {"allowed": allowed}),))
    if isinstance(recorded, NotRecorded):
        raise Problem("already-recorded")
    return AdmissionRecorded(counter.tracking.codes([id])[0], reference, choice.payer, recorded)


def _id_of(counter: Counter, code: str) -> int:
    try:
        return counter.tracking.id_of(read_tracking_code(code))
    except Misunderstood:
        raise Problem("not-found") from None


def _read_reference(sent: str) -> str:
    try:
        return read_reference(sent)
    except Misunderstood as error:
        raise Problem("invalid-input", (FieldError("reference", error.code, error.values),)) from None
