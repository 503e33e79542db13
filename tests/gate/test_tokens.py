"""POST /oauth/token and what a token opens, and for how long (contracts §3)."""

import json
import time
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey

from daftar.gate.clients import ASSERTION_TYPE
from tests.gate.conftest import COVERED, Desk
from tests.gate.installation import token

INQUIRIES = "/api/v1/eligibility-inquiries"
BODY = {"subject": {"type": "ir-national-code", "number": COVERED}}
KEY = ECKey.generate_key("P-256", {"kid": "key-1"}, private=True)


def ask(desk: Desk, bearer: str) -> httpx.Response:
    return httpx.post(desk.server.base + INQUIRIES, json=BODY, headers={"Authorization": f"Bearer {bearer}"})


def until(condition, seconds: float = 2.0) -> float:
    """Wait for a condition; how long it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")


def test_a_secret_in_the_body_or_by_basic_gets_five_minutes(desk: Desk) -> None:
    told = token(desk.server.base, "client-1", desk.registry.secret).json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 300, "eligibility")
    by_basic = httpx.post(
        f"{desk.server.base}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=("client-1", desk.registry.secret),
    )
    assert ask(desk, by_basic.json()["access_token"]).status_code == 200


@pytest.mark.parametrize(
    ("client", "secret", "form", "status", "error"),
    [
        ("client-1", "wrong", {}, 401, "invalid_client"),
        ("nobody", "wrong", {}, 401, "invalid_client"),
        ("", "", {}, 401, "invalid_client"),
        ("client-1", None, {"grant_type": "password"}, 400, "unsupported_grant_type"),
        ("client-1", None, {"scope": "eligibility feeds:persons"}, 400, "invalid_scope"),
    ],
)
def test_who_proves_nothing_gets_nothing(desk: Desk, client, secret, form, status, error) -> None:
    refused = token(desk.server.base, client, secret or desk.registry.secret, **form)
    assert (refused.status_code, refused.json()["error"]) == (status, error)


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp4", "bearer " + "x" * 5000])
def test_a_missing_or_wrong_token_is_401(desk: Desk, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    refused = httpx.post(desk.server.base + INQUIRIES, json=BODY, headers=headers)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")


def test_a_forged_or_expired_token_is_401(desk: Desk) -> None:
    now = int(time.time())
    ours = OctKey.import_key(desk.registry.secrets.derive("access-token"))
    claims = {"sub": "client-1", "scope": "eligibility", "iat": now - 600, "exp": now - 300}
    assert ask(desk, jwt.encode({"alg": "HS256"}, claims, ours)).status_code == 401
    assert ask(desk, jwt.encode({"alg": "HS256"}, claims | {"exp": now + 300}, ours)).status_code == 200
    other = OctKey.import_key(b"o" * 32)
    assert ask(desk, jwt.encode({"alg": "HS256"}, claims | {"exp": now + 300}, other)).status_code == 401


def assertion(desk: Desk, key: ECKey = KEY, **changes: object) -> httpx.Response:
    now = int(time.time())
    claims = {"iss": "client-jwt", "sub": "client-jwt", "aud": f"{desk.server.base}/oauth/token", "jti": uuid4().hex}
    signed = jwt.encode({"alg": "ES256", "kid": "key-1"}, claims | {"exp": now + 200} | changes, key)
    return send_assertion(desk, signed)


def send_assertion(desk: Desk, signed: str) -> httpx.Response:
    form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": signed}
    return httpx.post(f"{desk.server.base}/oauth/token", data=form)


def test_a_private_key_jwt_proves_a_client_once(desk: Desk) -> None:
    desk.registry.client("client-jwt", "provider-1", jwks=json.dumps({"keys": [KEY.as_dict(private=False)]}))
    until(lambda: assertion(desk).status_code == 200)
    now = int(time.time())
    other_key = ECKey.generate_key("P-256", {"kid": "key-1"}, private=True)
    assert assertion(desk, other_key).status_code == 401
    assert assertion(desk, aud="https://elsewhere.example/token").status_code == 401
    assert assertion(desk, exp=now - 120).status_code == 401
    assert assertion(desk, exp=now + 86_400).status_code == 401
    assert assertion(desk, iss="somebody").status_code == 401
    ours = f"{desk.server.base}/oauth/token"
    for odd in ({"url": ours}, [{"url": ours}], [[ours]], [], None, 7):
        assert assertion(desk, aud=odd).status_code == 401
    assert assertion(desk, aud=["https://elsewhere.example", ours]).status_code == 200
    assert assertion(desk, exp=10**400).status_code == 401
    half = json.dumps({"iss": "client-jwt", "sub": "client-jwt", "aud": ours, "exp": now + 200, "jti": "\ud800"})
    header = {"alg": "ES256", "kid": "key-1"}
    assert send_assertion(desk, jws.serialize_compact(header, half.encode(), KEY)).status_code == 401
    mark = uuid4().hex
    assert [assertion(desk, jti=mark).status_code for _ in range(2)] == [200, 401]
    nested = urlsafe_b64encode(b"[" * 11_000).decode()
    surrogate = urlsafe_b64encode(b'{"sub":"\\ud800"}').decode()
    for garbage in ("", "a.b", "a.e30.c", "a." + "e" * 9999 + ".c", "é.é.é", f"a.{nested}.c", f"a.{surrogate}.c"):
        assert send_assertion(desk, garbage).status_code in (401, 422)
    assert token(desk.server.base, "\x00", "\x00").status_code in (401, 422)


def test_a_client_without_the_scope_is_403(desk: Desk) -> None:
    desk.registry.client("client-feeds", "", scopes="feeds:persons")
    bearer = {}

    def has_token() -> bool:
        response = token(desk.server.base, "client-feeds", desk.registry.secret)
        bearer.update(response.json())
        return response.status_code == 200

    until(has_token)
    assert ask(desk, bearer["access_token"]).status_code == 403


def working(desk: Desk, organisation: str, **agreement: object) -> str:
    """A token of a new organisation's client that already answers."""
    desk.registry.organisation(organisation, **agreement)
    desk.registry.client(f"client-{organisation}", organisation)
    until(lambda: token(desk.server.base, f"client-{organisation}", desk.registry.secret).status_code == 200)
    return str(token(desk.server.base, f"client-{organisation}", desk.registry.secret).json()["access_token"])


def change(desk: Desk, sql: str, *values: object) -> None:
    desk.registry.write((sql, list(values)), ("UPDATE access_change SET version = version + 1", []))


def test_a_token_outlives_an_ended_agreement_by_no_more_than_two_seconds(desk: Desk) -> None:
    bearer = working(desk, "ending")
    assert ask(desk, bearer).status_code == 200
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    change(desk, "UPDATE agreement SET ends = ? WHERE organisation = ?", yesterday, "ending")
    until(lambda: ask(desk, bearer).json().get("type") == "/problems/no-agreement")


def test_a_suspended_organisation_and_a_switched_off_client_are_refused_at_once(desk: Desk) -> None:
    bearer = working(desk, "suspended")
    change(desk, "UPDATE organisation SET suspended = ? WHERE code = ?", True, "suspended")
    until(lambda: ask(desk, bearer).status_code == 403)
    bearer = working(desk, "switched")
    change(desk, "UPDATE api_client SET enabled = ? WHERE client_id = ?", False, "client-switched")
    until(lambda: ask(desk, bearer).status_code == 401)


@pytest.mark.parametrize(
    ("name", "agreement"),
    [
        ("ended", {"ends": date(2025, 1, 1)}),
        ("fund", {"kind": "fund"}),
        ("purpose", {"purposes": "certificates"}),
    ],
)
def test_without_an_agreement_for_eligibility_there_is_no_access(desk: Desk, name: str, agreement: dict) -> None:
    bearer = working(desk, name, **agreement)
    assert ask(desk, bearer).json()["type"] == "/problems/no-agreement"
