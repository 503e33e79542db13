"""The journal's record of staff looking into cases, each on the ground of their duty (X.5)."""

from uuid import UUID

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.store.keys import Key
from daftar.terms.outcomes import Channel, Ground


def look_entry(key: UUID, mode: str, outcome: str, by: Account, *, shown: str, reference: str | None = None) -> Entry:
    """What was told to an account about the person of a key."""
    return Entry(
        channel=Channel.WEB,
        mode=mode,
        key=Key(key),
        outcome=outcome,
        reason=outcome,
        ground=Ground.DUTY,
        shown=shown,
        account=by.user,
        office=by.office or None,
        reference=reference,
    )
