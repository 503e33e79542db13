"""Writing machine clients for an organisation's administrator."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.disclosure.clients import client_exists, client_make, client_switch_off
from daftar.portal.journal.services import looks_record, raw_connection
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground

SECRET_BYTES = 32
LONGEST_CLIENT_ID = 64


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client that has just been made; its secret is kept nowhere else. None where it proves itself by keys."""

    client_id: str
    secret: str | None


@transaction.atomic
def client_add(
    *, organisation: str, name: str, scopes: list[str], jwks: str | None, by: str, at: datetime
) -> NewClient:
    """Make a client `<organisation>-<name>`, with a secret or, where `jwks` is given, with keys.

    Raises Misunderstood `client_name_taken` or `too_long`.
    """
    client_id = f"{organisation}-{name}"
    if len(client_id) > LONGEST_CLIENT_ID:
        raise Misunderstood("too_long")
    conn = raw_connection()
    if client_exists(conn, client_id):
        raise Misunderstood("client_name_taken")
    secret = None if jwks else secrets.token_urlsafe(SECRET_BYTES)
    client_make(
        conn,
        settings.SECRETS,
        client_id=client_id,
        organisation=organisation,
        scopes=" ".join(scopes),
        secret=secret,
        jwks=jwks or "",
        at=at,
    )
    _journal("client_made", client_id, organisation, by, at)
    return NewClient(client_id, secret)


@transaction.atomic
def client_stop(*, organisation: str, client_id: str, by: str, at: datetime) -> bool:
    """Switch a client of the organisation off at once; False when there is none to switch off."""
    done = client_switch_off(raw_connection(), client_id=client_id, organisation=organisation)
    if done:
        _journal("client_stopped", client_id, organisation, by, at)
    return done


def _journal(what: str, client_id: str, organisation: str, by: str, at: datetime) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode=what,
        key=settings.SECRETS.key("organisation", organisation),  # nobody's: the row is about the organisation itself
        outcome="recorded",
        reason=what,
        ground=Ground.AGREEMENT,
        shown="",
        organisation=organisation,
        account=by,
        reference=client_id,
    )
    looks_record([entry], at=at)
