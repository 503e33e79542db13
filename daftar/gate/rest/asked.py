"""Finding an inquiry again by its tracking code, for the organisation that asked; recording an admission's payer."""

from datetime import datetime

import msgspec

from daftar.answers import Answer
from daftar.answers.recall import read_answers, read_inquiries
from daftar.disclosure.admissions import Choice, record_choice
from daftar.gate.access import ClientAccess
from daftar.gate.counter import Counter
from daftar.gate.problems import FieldError, Problem
from daftar.store.dialect import Connection
from daftar.terms.digits import refuse_invisible
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Setting
from daftar.terms.tracking_codes import read_tracking_code

LONGEST_REFERENCE = 64
ENTITLEMENT_MODE = "general"


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
    try:
        id = counter.tracking.id_of(read_tracking_code(code))
    except Misunderstood:
        raise Problem("not-found") from None
    inquiry = read_inquiries(conn, [id]).get(id)
    if inquiry is None or inquiry["organisation"] != client.organisation or inquiry["mode"] != ENTITLEMENT_MODE:
        raise Problem("not-found")
    return read_answers(conn, [id], counter.tracking)[id]


def record_admission(
    counter: Counter, conn: Connection, code: str, client: ClientAccess, choice: AdmissionChoice, at: datetime
) -> AdmissionRecorded:
    """Record the payer of an inpatient inquiry, once; the same choice again is the same answer (S2.5).

    Raises Problem `not-found`, `invalid-input` (not inpatient, not one of the payers told), `already-recorded`.
    """
    answer = find_asked(counter, conn, code, client)
    reference = _read_reference(choice.reference)
    payers = [payer.insurer for payer in answer.payers or ()]
    if answer.setting != Setting.INPATIENT or choice.payer not in payers:
        raise Problem("invalid-input", (FieldError("payer", "unknown_word", {"allowed": ", ".join(payers)}),))
    chosen = Choice(answer.id, reference, choice.payer, client.organisation, client.client_id, Channel.API)
    recorded_at = record_choice(conn, chosen, at=at, writer=counter.writer, tracking=counter.tracking)
    if recorded_at is None:
        raise Problem("already-recorded")
    return AdmissionRecorded(answer.tracking_code, reference, choice.payer, recorded_at)


def _read_reference(sent: str) -> str:
    reference = sent.strip()
    try:
        refuse_invisible(reference)
    except Misunderstood as error:
        raise Problem("invalid-input", (FieldError("reference", error.code),)) from None
    if not 0 < len(reference) <= LONGEST_REFERENCE:
        code = "required" if not reference else "too_long"
        raise Problem("invalid-input", (FieldError("reference", code),))
    return reference
