"""Writing about filings: a person's look at their own is journalled (X.5)."""

from datetime import datetime
from uuid import UUID

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.tracking_codes import TrackingCode

MODE = "filings"


def own_filings_record(*, person: UUID, count: int, by: str, at: datetime) -> TrackingCode:
    """Journal that a person read their filings, in the transaction that reads them; `by` is the account's name."""
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=person,
        outcome="shown" if count else "nothing_filed",
        reason=MODE,
        ground=Ground.OWN,
        shown="name number card_state filings" if count else "filings",
        account=by,
    )
    return looks_record([entry], at=at)[0]
