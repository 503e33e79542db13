"""POST /api/v1/certificates/open: for the addressee alone; each refusal by its own problem (S1.10, S1.28)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

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
from daftar.store.signing_keys import SigningKey, signing_keys
from daftar.terms.certificate_codes import new_number
from daftar.terms.outcomes import Channel
from tests.disclosure.affiliated import People
from tests.gate.installation import Registry, served, token

PATH = "/api/v1/certificates/open"
WRONG = "0000-0000-0000"


@dataclass
class Desk:
    """One owner, and the clients of three organisations at the gate."""

    url: str
    registry: Registry
    clients: dict[str, httpx.Client]
    key: SigningKey
    owner: Owner

    @property
    def house(self) -> House:
        return House(self.registry.secrets, SharedWriter(), TrackingCodes(self.registry.secrets))

    def issue(self, at: datetime | None = None) -> tuple[Certificate, str]:
        """A certificate for the fund, and its access code."""
        conn = connect(self.url)
        with transaction(conn):
            wish = Wish("fund", "صندوق نمونه")
            made = issue(
                conn, self.house, self.owner, wish, key=self.key, issuer="http://here", at=at or datetime.now(UTC)
            )
            code = access_code(conn, self.registry.secrets, made.number)
        conn.close()
        return made, code

    def open(self, number: str, code: str, client: str = "fund", **headers: str) -> httpx.Response:
        """Number and access code to the gate."""
        return self.clients[client].post(PATH, json={"number": number, "access_code": code}, headers=headers)


@pytest.fixture(scope="module")
def desk(shared_database_url: str, secrets, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    registry = Registry(shared_database_url, secrets)
    for code in ("fund", "other", "ended"):
        registry.organisation(code, kind="fund", ends=date(2025, 1, 1) if code == "ended" else None)
        registry.client(code, code, scopes="certificates affiliation")
    registry.client("narrow", "fund", scopes="affiliation")
    conn = connect(shared_database_url)
    with transaction(conn):
        people = People(conn, secrets)
        key = people.person("Ali")
        people.spell(key, "2020-01-01")
    conn.close()
    owner = Owner(key, "ir", Actor(account="citizen", channel=Channel.WEB))
    signing = signing_keys(tmp_path_factory.mktemp("keys"))[0]
    log = Path(tmp_path_factory.mktemp("log")) / "server.log"
    with served(shared_database_url, log=log) as server:
        clients = {}
        for name in ("fund", "other", "ended", "narrow"):
            bearer = token(server.base, name, registry.secret).json()["access_token"]
            clients[name] = httpx.Client(base_url=server.base, headers={"Authorization": f"Bearer {bearer}"})
        yield Desk(shared_database_url, registry, clients, signing, owner)
        for client in clients.values():
            client.close()
    assert "given_name of Ali" not in log.read_text(encoding="utf-8")


def test_the_addressee_gets_the_answer_and_what_proves_it(desk: Desk) -> None:
    made, code = desk.issue()
    told = desk.open(made.number, code, **{"Accept-Language": "fa"})
    assert told.status_code == 200
    body = told.json()
    assert body["number"] == made.number
    assert body["organisation_name"] == "صندوق نمونه"
    assert body["answer"]["outcome"] == "active"
    assert "contact" not in body["answer"]
    assert body["closing"].startswith("این گواهی بنا به درخواست مورخ")
    assert "آقای given_name of Ali family_name of Ali صادر گردیده است" in body["closing"]
    key = jwt.PyJWK(desk.key.public_jwk())
    claims = jwt.decode(body["proof"]["token"], key, algorithms=["ES256"], audience="fund")
    assert claims["ans"] == answer_hash(body["proof"]["salt"], body["proof"]["content"])


def test_digits_and_letters_are_read_as_people_type_them(desk: Desk) -> None:
    made, code = desk.issue()
    persian = made.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert desk.open(persian, f"{code[:4]}-{code[4:8]}-{code[8:]}".lower()).status_code == 200


def test_another_organisation_and_an_unknown_number_are_the_same_answer(desk: Desk) -> None:
    made, code = desk.issue()
    elsewhere, unknown = desk.open(made.number, code, "other"), desk.open(new_number(), code, "other")
    assert elsewhere.status_code == unknown.status_code == 404
    assert elsewhere.content == unknown.content
    assert elsewhere.json()["type"] == "/problems/certificate-not-found"


def test_wrong_codes_are_counted_and_lock(desk: Desk) -> None:
    made, code = desk.issue()
    told = [desk.open(made.number, WRONG) for _ in range(5)]
    assert [each.json()["type"] for each in told] == ["/problems/access-code-wrong"] * 4 + [
        "/problems/certificate-locked"
    ]
    assert told[0].json()["errors"][0]["field"] == "access_code"
    assert desk.open(made.number, code).json()["type"] == "/problems/certificate-locked"


def test_revoked_expired_and_an_ended_agreement_have_their_own_problem(desk: Desk) -> None:
    made, code = desk.issue()
    conn = connect(desk.url)
    with transaction(conn):
        revoke(conn, desk.house, desk.owner, made.number, datetime.now(UTC))
    conn.close()
    assert (desk.open(made.number, code).status_code, desk.open(made.number, code).json()["type"]) == (
        410,
        "/problems/certificate-revoked",
    )
    old, old_code = desk.issue(datetime.now(UTC) - timedelta(days=40))
    assert desk.open(old.number, old_code).json()["type"] == "/problems/certificate-expired"
    ended = desk.open(made.number, code, "ended")
    assert (ended.status_code, ended.json()["type"]) == (403, "/problems/no-agreement")


def test_each_attempt_is_in_the_journal_with_what_was_told(desk: Desk) -> None:
    made, code = desk.issue()
    desk.open(made.number, WRONG)
    desk.open(made.number, code, "other")
    desk.open(made.number, code)
    rows = desk.registry.read(
        "SELECT outcome, organisation, account, channel, ground, shown FROM inquiry"
        " WHERE reference = ? ORDER BY asked_at",
        made.number,
    )
    assert [row[0] for row in rows] == ["issued", "wrong_code", "not_addressed", "opened"]
    assert tuple(rows[-1][1:5]) == ("fund", "fund", "api", "consent")
    assert [bool(row[5]) for row in rows] == [False, False, False, True]


def test_the_scope_is_asked_for_and_bad_input_names_its_field(desk: Desk) -> None:
    made, code = desk.issue()
    assert desk.open(made.number, code, "narrow").json()["type"] == "/problems/forbidden"
    for number, access, field, complaint in (
        ("12", code, "number", "wrong_length"),
        (made.number, "x", "access_code", "not_an_access_code"),
        (made.number, "", "access_code", "required"),
    ):
        refused = desk.open(number, access)
        assert refused.status_code == 422
        assert refused.json()["errors"][0] | {"message": ""} == {"field": field, "code": complaint, "message": ""}
    assert desk.clients["fund"].post(PATH, json={"number": made.number}).status_code == 422
