"""POST /oauth/token: client_credentials with a secret or a private_key_jwt (contracts §3; RFC 6749, RFC 7523)."""

from base64 import b64decode
from urllib.parse import parse_qsl, unquote_plus

import msgspec

from daftar.gate.clients import ASSERTION_TYPE, proves_assertion, proves_secret
from daftar.gate.counter import Counter, now
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import Request
from daftar.gate.smart import may_be_given
from daftar.gate.tokens import LASTS_SECONDS
from daftar.store.dialect import Connection

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 16 * 1024


async def post_token(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with an access token of the scopes asked for, or of all that the client has."""
    request.expect(FORM)
    form = _read_form(await request.body(LARGEST_FORM))
    if form.get("grant_type") != "client_credentials":
        raise Problem("unsupported-grant")
    if not counter.access.fresh:  # before an assertion is used up
        raise Problem("unavailable", retry_after=2)
    client_id = await counter.desk.run(lambda conn: _proved(counter, conn, request, form))
    if client_id is None:
        raise Problem("invalid-client")
    client = counter.access.client(client_id)
    if client is None:  # it has just been made, and this process has not seen it yet
        raise Problem("unavailable", retry_after=1)
    wanted = frozenset(form.get("scope", "").split()) or client.scopes
    if not may_be_given(wanted, client.scopes):
        raise Problem("invalid-scope")
    return 200, msgspec.json.encode(
        {
            "access_token": counter.tokens.make(client.client_id, wanted),
            "token_type": "Bearer",
            "expires_in": LASTS_SECONDS,
            "scope": " ".join(sorted(wanted)),
        }
    )


def _read_form(body: bytes) -> dict[str, str]:
    try:
        return dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=20)
        )
    except ValueError:
        raise Problem("invalid-input", (FieldError("$", "wrong_type"),)) from None


def _proved(counter: Counter, conn: Connection, request: Request, form: dict[str, str]) -> str | None:
    """The client's id when it has proved itself."""
    if form.get("client_assertion_type") == ASSERTION_TYPE:
        audience = frozenset({f"{counter.base_url}/oauth/token", counter.base_url})
        return proves_assertion(conn, form.get("client_assertion", ""), audience, now())
    client_id, secret = _basic(request) or (form.get("client_id", ""), form.get("client_secret", ""))
    return client_id if proves_secret(conn, counter.secrets, client_id, secret) else None


def _basic(request: Request) -> tuple[str, str] | None:
    """Client and secret out of HTTP Basic, each form-encoded first (RFC 6749 §2.3.1)."""
    kind, _, value = (request.header(b"authorization") or "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        user, _, password = b64decode(value, validate=True).decode().partition(":")
    except ValueError:
        raise Problem("invalid-client") from None
    return unquote_plus(user), unquote_plus(password)
