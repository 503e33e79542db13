"""That somebody read the list of cases is journalled under whom it is about (X.5)."""

from datetime import datetime

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.portal.proxy.acting import Persons
from daftar.terms.outcomes import Channel

MODE = "progress"


def progress_record(who: Persons, *, count: int, by: str, at: datetime) -> None:
    """Journal a look at the list, in the transaction that reads it; `by` is the account's name."""
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=who.key,
        outcome="shown" if count else "no_cases",
        reason=MODE,
        ground=who.ground,
        shown="case",
        account=by,
        acting_for=who.acting_for,
    )
    looks_record([entry], at=at)
