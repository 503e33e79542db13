"""Writing about filings: a look at them is journalled, be it the person's or their proxy's (X.5)."""

from datetime import datetime

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.portal.proxy.acting import Persons
from daftar.terms.outcomes import Channel
from daftar.terms.tracking_codes import TrackingCode

MODE = "filings"


def own_filings_record(*, who: Persons, count: int, by: str, at: datetime) -> TrackingCode:
    """Journal that somebody read filings, in the transaction that reads them; `by` is the account's name."""
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=who.key,
        outcome="shown" if count else "nothing_filed",
        reason=MODE,
        ground=who.ground,
        shown="name number card_state filings" if count else "filings",
        account=by,
        acting_for=who.acting_for,
    )
    return looks_record([entry], at=at)[0]
