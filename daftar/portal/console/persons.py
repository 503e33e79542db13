"""The persons of a counter's pages: handles in the addresses of a session, and the journal of what was shown of them.

An identifier comes by POST alone; the address of a person's page holds a random handle that only this session knows.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.journal.services import looks_record
from daftar.portal.people.selectors import PersonSeen, person_seen
from daftar.store.keys import Key
from daftar.terms.identifiers import Identifier
from daftar.terms.outcomes import Channel, Ground, Reason

HANDLES = "people"
MOST_HANDLES = 20


def handle_of(request: HttpRequest, key: UUID) -> str:
    """A random name for a person in this session's addresses; the newest twenty are kept."""
    known: dict[str, str] = request.session.get(HANDLES, {})
    handle = secrets.token_urlsafe(9)
    request.session[HANDLES] = dict(list({**known, handle: key.hex}.items())[-MOST_HANDLES:])
    return handle


def person_under(request: HttpRequest, handle: str) -> Key:
    """The person behind a handle of this session; 404 when there is none."""
    found = request.session.get(HANDLES, {}).get(handle)
    if found is None:
        raise Http404
    return Key(UUID(found))


def look(account: Account, key: Key, at: datetime, *shown: str) -> PersonSeen:
    """Open a person's fields and journal which of them the page shows (X.5). Call it inside `atomic()`."""
    seen = person_seen(key)
    if seen is None:
        raise Http404
    looks_record([entry(account, key, "shown", "identified", " ".join(shown))], at=at)
    return seen


def look_at_others(account: Account, keys: Collection[UUID], at: datetime, shown: str) -> None:
    """Journal that a page about somebody shows something of others, too. Call it inside `atomic()`."""
    looks_record([entry(account, Key(key), "shown", "named_beside", shown) for key in sorted(keys)], at=at)


def nobody(account: Account, identifier: Identifier, at: datetime) -> None:
    """Journal a look that found nobody: that nobody is known is told, too (X.5). Call it inside `atomic()`."""
    key = settings.SECRETS.key(identifier.type, identifier.number)
    looks_record([entry(account, key, "not_found", Reason.UNKNOWN_PERSON, "")], at=at)


def entry(account: Account, key: Key, outcome: str, reason: str, shown: str) -> Entry:
    """The journal's line of something that an account was shown at the counter, or was not."""
    return Entry(
        channel=Channel.COUNTER,
        mode="counter",
        key=key,
        outcome=outcome,
        reason=reason,
        ground=Ground.DUTY,
        shown=shown,
        account=account.user,
        office=account.office or None,
    )
