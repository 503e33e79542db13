"""The payer that a hospital chose for an admission, recorded once under the inquiry that named the payers (S2.5)."""

from datetime import datetime

import msgspec

from daftar.answers import Entry, TrackingCodes, record
from daftar.answers.recall import read_inquiries
from daftar.answers.writers import Writer
from daftar.store.dialect import Connection, as_datetime, execute, rows
from daftar.terms.outcomes import Channel, Ground


class Choice(msgspec.Struct, frozen=True):
    """The payer chosen, under the hospital's own admission number, and who says so by which channel."""

    inquiry: int
    reference: str
    payer: str
    organisation: str
    account: str
    channel: Channel


def record_choice(
    conn: Connection, choice: Choice, *, at: datetime, writer: Writer, tracking: TrackingCodes
) -> datetime | None:
    """Record and journal a choice; the same one again changes nothing. None when another choice stands already.

    The caller has seen that the inquiry is the organisation's own, inpatient, and names this payer. Returns when the
    choice was recorded first.
    """
    inserted = execute(
        conn,
        "INSERT INTO admission (inquiry, organisation, reference, payer, recorded_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (inquiry) DO NOTHING",
        [choice.inquiry, choice.organisation, choice.reference, choice.payer, at],
    )
    kept = rows(conn, "SELECT reference, payer, recorded_at FROM admission WHERE inquiry = ?", [choice.inquiry])[0]
    if (kept[0], kept[1]) != (choice.reference, choice.payer):
        return None
    if inserted.rowcount == 1:
        record(conn, [_entry(conn, choice)], at=at, writer=writer, tracking=tracking)
    return as_datetime(kept[2]) or at


def _entry(conn: Connection, choice: Choice) -> Entry:
    asked = read_inquiries(conn, [choice.inquiry])[choice.inquiry]
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
