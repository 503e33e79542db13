"""An organisation's administrator: agreement and quota, machine clients (S1.2, contracts §3)."""

import json

import pytest
from django.conf import settings
from django.test import Client
from joserfc.jwk import ECKey, OctKey, RSAKey

from daftar.disclosure.clients import secret_digest
from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import AccessChange, Agreement, ApiClient, Organisation
from daftar.terms.texts import text
from tests.portal import officials, world
from tests.portal.acting import log_in, words

pytestmark = pytest.mark.usefixtures("portal")

AGREEMENT, CLIENTS = "/en/organisation/agreement/", "/en/organisation/clients/"


def make(client: Client, name: str = "system", **values: object) -> object:
    """Send the form of a new client."""
    return client.post(CLIENTS, {"name": name, "scopes": ["affiliation"], "proof": "secret"} | values)


def jwks(*keys: object, private: bool = False) -> str:
    """Keys as a JWKS."""
    return json.dumps({"keys": [key.as_dict(private=private) for key in keys]})


def test_the_agreement_says_what_may_be_asked_until_when_and_how_much_today() -> None:
    Agreement.objects.filter(organisation=officials.COURT).update(recorded_at=world.long_ago(), daily_quota=7)
    letter = {"reference_number": "77", "reference_date": "2026-10-23"}
    made = officials.WORKER
    log_in("court").post("/en/affiliation/ask/", {"type": made[0], "number": made[1]} | letter)
    admin = log_in("court-admin")
    page = words(admin.get(AGREEMENT))
    assert "The organisation may ask today" in page
    assert "1 of 7 used today" in page
    assert "Ask whether a person is affiliated Open certificates" in page
    Organisation.objects.filter(code=officials.COURT).update(suspended=True)
    assert "The organisation may not ask today" in words(admin.get(AGREEMENT))


def test_a_client_has_a_secret_that_opens_and_is_shown_once() -> None:
    admin, before = log_in("court-admin"), AccessChange.objects.get().version
    page = make(admin)
    secret = page.context["made"].secret
    assert secret in words(page)
    row = ApiClient.objects.get(client_id="court-1-system")
    assert (row.organisation, row.scopes, row.enabled) == (officials.COURT, "affiliation", True)
    assert bytes(row.secret_digest) == secret_digest(settings.SECRETS, row.client_id, secret)
    assert secret not in admin.get(CLIENTS).content.decode()
    assert AccessChange.objects.get().version == before + 1
    assert Inquiry.objects.get(mode="client_made").reference == "court-1-system"


def test_a_client_may_prove_itself_by_its_own_keys() -> None:
    keys = jwks(ECKey.generate_key("P-256"))
    page = make(log_in("court-admin"), proof="keys", jwks=keys)
    assert page.context["made"].secret is None
    row = ApiClient.objects.get(client_id="court-1-system")
    assert json.loads(row.jwks) == json.loads(keys)
    assert row.secret_digest is None


def refused_keys() -> dict[str, tuple[str, str]]:
    """Keys that cannot be used, and what is said to them."""
    return {
        "private": (jwks(ECKey.generate_key("P-256"), private=True), "private_key_sent"),
        "symmetric": (jwks(OctKey.generate_key(256), private=True), "private_key_sent"),
        "weak": (jwks(RSAKey.generate_key(1024)), "not_a_jwks"),
        "none": ('{"keys": []}', "not_a_jwks"),
        "no json": ("{", "not_a_jwks"),
        "a list": ("[1]", "not_a_jwks"),
        "nothing": ("", "not_a_jwks"),
        "two of one name": (jwks(*(ECKey.generate_key("P-256", {"kid": "a"}) for _ in "xy")), "keys_without_kid"),
        "half a key": ('{"keys": [{"kty": "EC", "crv": "P-256", "x": "!", "y": "1"}]}', "not_a_jwks"),
    }


@pytest.mark.filterwarnings("ignore")  # joserfc warns of the weak key that is to be refused
@pytest.mark.parametrize("case", list(refused_keys()))
def test_keys_that_cannot_be_used_are_refused(case: str) -> None:
    written, code = refused_keys()[case]
    response = make(log_in("court-admin"), proof="keys", jwks=written)
    assert response.status_code == 422
    assert text(f"input.{code}", "en") in words(response)
    assert not ApiClient.objects.filter(organisation=officials.COURT).exists()


@pytest.mark.parametrize("name", ["Court System", "نام", "-a", "a" * 25, "a--b"])
def test_a_name_that_cannot_stand_in_a_client_is_refused(name: str) -> None:
    response = make(log_in("court-admin"), name)
    assert response.status_code == 422
    assert text("input.not_a_client_name", "en") in words(response)


def test_a_name_is_given_once_and_nobody_elses_client_is_taken_over() -> None:
    admin = log_in("court-admin")
    make(admin)
    digest = bytes(ApiClient.objects.get(client_id="court-1-system").secret_digest)
    response = make(admin)
    assert response.status_code == 422
    assert text("input.client_name_taken", "en") in words(response)
    assert bytes(ApiClient.objects.get(client_id="court-1-system").secret_digest) == digest


def test_a_client_may_not_have_what_its_kind_may_not_ask() -> None:
    admin = log_in("court-admin")
    for scope in ("eligibility", "feeds:persons"):
        assert make(admin, scopes=[scope]).status_code == 422
    assert not ApiClient.objects.filter(organisation=officials.COURT).exists()


def test_a_client_is_switched_off_at_once_and_only_the_own() -> None:
    admin = log_in("court-admin")
    make(admin)
    ApiClient.objects.create(
        client_id="fund-1-x", organisation=officials.FUND, scopes="affiliation", created_at=world.long_ago()
    )
    before = AccessChange.objects.get().version
    assert admin.post(f"{CLIENTS}stop/", {"client": "fund-1-x"}).status_code == 404
    assert ApiClient.objects.get(client_id="fund-1-x").enabled
    assert admin.post(f"{CLIENTS}stop/", {"client": "court-1-system"}).status_code == 302
    assert not ApiClient.objects.get(client_id="court-1-system").enabled
    assert AccessChange.objects.get().version > before
    assert Inquiry.objects.get(mode="client_stopped").account == "court-admin"
    assert admin.post(f"{CLIENTS}stop/", {"client": "court-1-system"}).status_code == 404


@pytest.mark.parametrize("user", ["court", "court-supervisor", "headquarters"])
def test_nobody_but_administrators(user: str) -> None:
    client = log_in(user)
    for url in (AGREEMENT, CLIENTS):
        assert client.get(url).status_code == 403
