"""Keys that the page takes are those that prove their client at the gate; others are refused where one reads why."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from daftar.disclosure.clients import client_make
from daftar.gate.clients import ASSERTION_ALGORITHMS, proves_assertion
from daftar.portal.journal.services import raw_connection
from daftar.portal.organisations.client_keys import read_jwks
from daftar.store.keys import Secrets
from daftar.terms.misunderstood import Misunderstood

AUDIENCE = "https://daftar.example/oauth/token"
CURVES = ("P-256", "P-384", "P-521", "secp256k1")
OCTETS = ("Ed25519", "Ed448", "X25519", "X448")
TAKEN = {"P-256", "P-384", "Ed25519", "RSA"}
MADE = {
    **{name: ECKey.generate_key(name) for name in CURVES},
    **{name: OKPKey.generate_key(name) for name in OCTETS},
    "RSA": RSAKey.generate_key(2048),
}


def written(*keys: Any, **more: object) -> str:
    """A JWKS of the public parts, without names unless `more` gives them."""
    public = [{part: value for part, value in key.as_dict(private=False).items() if part != "kid"} for key in keys]
    return json.dumps({"keys": [each | more for each in public]})


def named(*keys: tuple[str, Any]) -> str:
    """A JWKS of the public parts, each with its name."""
    return json.dumps({"keys": [key.as_dict(private=False) | {"kid": kid} for kid, key in keys]})


def signed(key: Any, algorithm: str, **header: str) -> str:
    """An assertion of client-k."""
    claims = {"iss": "client-k", "sub": "client-k", "aud": AUDIENCE, "exp": int(time.time()) + 60, "jti": uuid4().hex}
    return jwt.encode({"alg": algorithm} | header, claims, key, algorithms=ASSERTION_ALGORITHMS)


def proves(jwks: str, assertion: str) -> bool:
    """Whether the gate knows client-k by it."""
    at, client = datetime.now(UTC), {"client_id": "client-k", "organisation": "", "scopes": "", "secret": None}
    with transaction.atomic():
        conn = raw_connection()
        client_make(conn, Secrets(b"x" * 32), **client, at=at, jwks=jwks)
        return proves_assertion(conn, assertion, frozenset({AUDIENCE}), at) == "client-k"


def signatures(key: Any) -> list[str]:
    """Assertions by this key in every way that the gate takes."""
    made = []
    for algorithm in ASSERTION_ALGORITHMS:
        with suppress(JoseError, ValueError):
            made.append(signed(key, algorithm))
    return made


@pytest.mark.usefixtures("portal")
@pytest.mark.filterwarnings("ignore")  # joserfc advises against secp256k1 and the like, which are refused
@pytest.mark.parametrize("name", list(MADE))
def test_a_key_is_taken_when_it_can_prove_its_client(name: str) -> None:
    key = MADE[name]
    proving = [proves(written(key), assertion) for assertion in signatures(key)]
    assert any(proving) == (name in TAKEN)
    if any(proving):
        assert read_jwks(written(key))
    else:
        with pytest.raises(Misunderstood, match="not_a_jwks"):
            read_jwks(written(key))


@pytest.mark.parametrize(
    "more",
    [{"use": "enc"}, {"alg": "ES384"}, {"alg": "EdDSA"}, {"key_ops": ["encrypt"]}, {"use": 5}, {"key_ops": 5}],
)
def test_a_key_for_something_else_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(Misunderstood, match="not_a_jwks"):
        read_jwks(written(MADE["P-256"], **more))


@pytest.mark.parametrize("more", [{"use": "sig"}, {"alg": "ES256"}, {"key_ops": ["verify"]}, {"kid": "a"}])
def test_a_key_that_says_what_it_is_for_is_taken(more: dict[str, object]) -> None:
    assert read_jwks(written(MADE["P-256"], **more))


@pytest.mark.usefixtures("portal")
def test_of_two_keys_each_proves_the_client_under_its_name() -> None:
    first, second = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    jwks = read_jwks(named(("2026", first), ("2027", second)))
    assert proves(jwks, signed(first, "ES256", kid="2026"))
    assert proves(jwks, signed(second, "ES256", kid="2027"))
    assert not proves(jwks, signed(second, "ES256", kid="2026"))


def test_two_keys_without_names_of_their_own_are_refused() -> None:
    """The gate could not tell which of them signed: every assertion of the client would be turned away."""
    first, second = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    nameless = (written(first, second), named(("a", first), ("a", second)), named(("a", first), ("", second)))
    for jwks in nameless:
        with pytest.raises(Misunderstood, match="keys_without_kid"):
            read_jwks(jwks)
    assert len(KeySet.import_key_set(json.loads(read_jwks(written(first)))).keys) == 1


def test_a_key_of_a_kind_that_nobody_knows_is_not_passed_over() -> None:
    keys = json.loads(written(MADE["P-256"]))["keys"] + [{"kty": "AKP", "alg": "ML-DSA-65", "priv": "AAAA"}]
    with pytest.raises(Misunderstood, match="not_a_jwks"):
        read_jwks(json.dumps({"keys": keys}))
