"""The payer that a hospital chose for an admission, recorded once under the inquiry that named the payers (S2.5)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from daftar.answers import Entry, TrackingCodes, record
from daftar.answers.recall import read_inquiries, read_payers
from daftar.answers.writers import Writer
from daftar.store.dialect import Connection, as_datetime, execute, rows
from daftar.terms.digits import refuse_invisible
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground, Mode, Setting

LONGEST_REFERENCE = 64


class NotRecorded(StrEnum):
    """Why a choice was not recorded."""

    NOT_FOUND = "not_found"  # no such inquiry, or another organisation's: the asker cannot tell which
    NOT_A_PAYER = "not_a_payer"  # not inpatient, or not one of the payers that were told
    ALREADY_RECORDED = "already_recorded"  # another choice stands


class Choice(msgspec.Struct, frozen=True):
    """The payer chosen, under the hospital's own admission number, and who says so by which channel."""

    inquiry: int
    reference: str
    payer: str
    organisation: str
    account: str
    channel: Channel


def read_reference(written: str) -> str:
    """An admission number as a hospital writes it. Raises Misunderstood when empty, too long or partly invisible."""
    reference = written.strip()
    refuse_invisible(reference)
    if not reference:
        raise Misunderstood("required")
    if len(reference) > LONGEST_REFERENCE:
        raise Misunderstood("too_long")
    return reference


def record_choice(
    conn: Connection, choice: Choice, *, at: datetime, writer: Writer, tracking: TrackingCodes
) -> datetime | NotRecorded:
    """Record and journal a choice; the same one again changes nothing. Returns when it was recorded first."""
    asked = asked_by(conn, choice.inquiry, choice.organisation)
    if asked is None:
        return NotRecorded.NOT_FOUND
    if choice.payer not in payers_told(asked):
        return NotRecorded.NOT_A_PAYER
    inserted = execute(
        conn,
        "INSERT INTO admission (inquiry, organisation, reference, payer, recorded_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (inquiry) DO NOTHING",
        [choice.inquiry, choice.organisation, choice.reference, choice.payer, at],
    )
    kept = rows(conn, "SELECT reference, payer, recorded_at FROM admission WHERE inquiry = ?", [choice.inquiry])[0]
    if (kept[0], kept[1]) != (choice.reference, choice.payer):
        return NotRecorded.ALREADY_RECORDED
    if inserted.rowcount == 1:
        record(conn, [_entry(asked, choice)], at=at, writer=writer, tracking=tracking)
    return as_datetime(kept[2]) or at


def asked_by(conn: Connection, inquiry: int, organisation: str) -> dict[str, Any] | None:
    """The journal's row of an entitlement inquiry, for the organisation that asked; None for everyone else."""
    asked = read_inquiries(conn, [inquiry]).get(inquiry)
    if asked is None or asked["organisation"] != organisation or asked["mode"] != Mode.GENERAL:
        return None
    return asked


def payers_told(asked: dict[str, Any]) -> list[str]:
    """Codes of the insurers that an inquiry named, in order; none unless it was about inpatient care."""
    if asked["setting"] != Setting.INPATIENT:
        return []
    return [payer.insurer for payer in read_payers(asked["payers"] or "")]


def _entry(asked: dict[str, Any], choice: Choice) -> Entry:
    return Entry(
        channel=choice.channel,
        mode="admission",
        key=asked["key"],
        outcome="recorded",
        reason=asked["reason"],
        ground=Ground.AGREEMENT,
        shown="",
        organisation=choice.organisation,
        account=choice.account,
        service_day=asked["service_day"],
        setting=asked["setting"],
        payers=choice.payer,
        reference=choice.reference,
    )
