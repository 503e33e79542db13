"""S1.10, S1.22-S1.28 by API, in the guide's words: gate and portal on one port, the keys fetched as anybody would.

On SQLite and on PostgreSQL. The citizen's own steps on the pages are told in test_s1_certificates.py.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from daftar.answers import SharedWriter, TrackingCodes
from daftar.disclosure.certificates import Certificate, House, access_code
from daftar.disclosure.certificates.issuing import Owner, Wish, issue
from daftar.disclosure.certificates.journal import Actor
from daftar.disclosure.certificates.own import revoke
from daftar.disclosure.certificates.token import answer_hash
from daftar.store.connect import connect, transaction
from daftar.store.signing_keys import signing_keys
from daftar.terms.outcomes import Channel
from tests.disclosure.affiliated import People
from tests.gate.installation import Registry, served, token

ACTIVE = "اطلاعات مربوط به شماره ملی موجود و شخص مورد نظر در زمان استعلام دارای ارتباط بیمه‌ای فعال می‌باشد."
FUND = "صندوق نمونه"
PERSIAN = {"Accept-Language": "fa"}


@dataclass
class Town:
    """A person with a certificate for the fund, and the fund's machine."""

    url: str
    base: str
    house: House
    owner: Owner
    bearer: str

    def issue(self) -> tuple[Certificate, str]:
        """The person sends a certificate to the inbox; number and «کد رمز» go to the fund."""
        key = signing_keys(Path(os.environ["DAFTAR_STATE"]) / "certificate-keys")[0]
        conn = connect(self.url)
        with transaction(conn):
            held = issue(
                conn, self.house, self.owner, Wish("fund", FUND), key=key, issuer=self.base, at=datetime.now(UTC)
            )
            code = access_code(conn, self.house.secrets, held.number)
        conn.close()
        return held, code

    def open(self, number: str, code: str) -> httpx.Response:
        """«استعلام سند», «با ارائه کد رمز»."""
        headers = {"Authorization": f"Bearer {self.bearer}"} | PERSIAN
        body = {"number": number, "access_code": code}
        return httpx.post(f"{self.base}/api/v1/certificates/open", json=body, headers=headers)

    def revoke(self, held: Certificate) -> None:
        """The owner takes it back."""
        conn = connect(self.url)
        with transaction(conn):
            revoke(conn, self.house, self.owner, held.number, datetime.now(UTC))
        conn.close()

    def verdict(self, number: str) -> str:
        """What the public page says."""
        return httpx.get(f"{self.base}/fa/certificates/verify/{number}/", timeout=30).raise_for_status().text


@pytest.fixture(scope="module")
def town(shared_database_url: str, secrets: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    registry = Registry(shared_database_url, secrets)
    registry.organisation("fund", kind="fund")
    registry.client("fund", "fund", scopes="certificates")
    conn = connect(shared_database_url)
    with transaction(conn):
        people = People(conn, secrets)
        key = people.person("Ali")
        people.spell(key, "2020-01-01")
    conn.close()
    owner = Owner(key, "ir", Actor(account="citizen", channel=Channel.WEB))
    house = House(secrets, SharedWriter(), TrackingCodes(secrets))
    log = Path(tmp_path_factory.mktemp("log")) / "server.log"
    with served(shared_database_url, part="both", log=log) as server:
        bearer = token(server.base, "fund", registry.secret).json()["access_token"]
        yield Town(shared_database_url, server.base, house, owner, bearer)


def test_the_named_authority_reads_the_same_sentence_and_can_prove_it_later(town: Town) -> None:
    """S1.10, S1.22-S1.26: addressed to the fund, the four states' wording, Mr before the name, signed."""
    held, code = town.issue()
    told = town.open(held.number, code).raise_for_status().json()
    assert told["organisation_name"] == FUND
    assert told["answer"]["text"] == ACTIVE
    assert told["closing"].startswith("این گواهی بنا به درخواست مورخ")
    assert told["closing"].endswith("آقای given_name of Ali family_name of Ali صادر گردیده است.")
    published = httpx.get(f"{town.base}/.well-known/jwks.json", timeout=30).raise_for_status()
    keys = jwt.PyJWKSet.from_dict(published.json())
    proof = told["proof"]
    kid = jwt.get_unverified_header(proof["token"])["kid"]
    claims = jwt.decode(proof["token"], keys[kid], algorithms=["ES256"], audience="fund", issuer=town.base)
    assert claims["jti"] == held.number
    assert claims["ans"] == answer_hash(proof["salt"], proof["content"])


def test_a_revoked_one_opens_no_more_and_everybody_can_see_that_it_does_not_stand(town: Town) -> None:
    """S1.27, S1.28: revoke; the public page answers to the full number only, and says nothing of the person."""
    held, code = town.issue()
    assert "معتبر است" in town.verdict(held.number)
    assert "given_name" not in town.verdict(held.number)
    town.revoke(held)
    refused = town.open(held.number, code)
    assert (refused.status_code, refused.json()["title"]) == (410, "صاحب این سند آن را باطل کرده است.")
    assert "دیگر معتبر نیست" in town.verdict(held.number)
