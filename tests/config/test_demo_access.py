"""Log-ins, machine clients and `demo.json` of the demo (contracts §4)."""

import json
import re
import stat
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from rich.console import Console

from daftar.config.demo import access
from daftar.config.demo.document import OUTBOX_PATH, document, move_document, write_document
from daftar.config.demo.generate import generate
from daftar.config.demo.run import log_ins
from daftar.config.demo.second_factor import current_code
from daftar.config.demo.staff import record_staff
from daftar.gate.clients import proves_secret
from daftar.portal.accounts.services import user_name_of
from daftar.rules.enrolment import Review, review_policy
from daftar.store.dialect import Connection, rows
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdictions

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
DEMO = generate(AT, persons=0)
STORIES = DEMO.stories
LOGINS = {
    "citizen",
    "citizen_cn",
    "provider",
    "fund",
    "judicial",
    "quasi_judicial",
    "org_admin",
    "counter",
    "counter_cn",
    "reviewer",
    "reviewer_county",
    "reviewer_first",
    "reviewer_second",
    "reviewer_automatic",
    "reviewer_automatic_county",
    "reviewer_province",
    "reviewer_headquarters",
    "operator_1420",
    "insurer_admin",
    "insurer_admin_cn",
}


def test_clients_prove_their_secrets_and_no_others(conn: Connection, secrets: Secrets) -> None:
    access.make_clients(conn, secrets, AT)
    access.make_clients(conn, secrets, AT)  # made again after an interruption
    assert len(rows(conn, "SELECT 1 FROM api_client")) == len(access.CLIENTS) == 5
    for name, (client_id, *_) in access.CLIENTS.items():
        secret = access.client_secret(secrets, name)
        assert len(secret) >= 43
        assert proves_secret(conn, secrets, client_id, secret)
        assert not proves_secret(conn, secrets, client_id, secret[:-1])


@pytest.mark.django_db
def test_accounts_log_in_with_password_and_second_factor(secrets: Secrets) -> None:
    access.make_accounts(secrets, STORIES, AT)
    access.make_accounts(secrets, STORIES, AT)
    for log_in in access.LOG_INS:
        account = authenticate(username=user_name_of(log_in.user), password=access.password(secrets, log_in))
        assert account is not None, log_in.name
        assert (account.role, account.office) == (log_in.role, log_in.office)
        assert account.authenticator_set.exists() is (log_in.role != "citizen")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "mail", "id_type", "language"),
    [
        ("citizen", "citizen@example.org", "ir-national-code", "fa"),
        ("citizen_cn", "citizen-cn@example.org", "cn-resident-id", "zh"),
    ],
)
def test_citizens_are_persons_of_the_demo_whose_identity_is_verified(
    secrets: Secrets, name: str, mail: str, id_type: str, language: str
) -> None:
    from daftar.portal.accounts.models import Account
    from daftar.portal.accounts.roles import identity_verified

    access.make_accounts(secrets, STORIES, AT)
    person = access.citizens(STORIES)[name]
    account = Account.objects.get(user=user_name_of(mail))
    assert person.id_type == id_type
    assert account.person_key == secrets.key(person.id_type, person.id_number)
    assert account.fields == {"mail": mail, "name": person.name}
    assert (account.role, account.jurisdiction, account.language) == ("citizen", id_type[:2], language)
    assert identity_verified(account)


@pytest.mark.parametrize("columns", [80, 50])
def test_users_and_passwords_are_printed_whole(secrets: Secrets, columns: int) -> None:
    """In the 80 columns of a terminal on a line each; where there is less room folded, never cut short."""
    printed = Console(width=columns, file=StringIO())
    entries = document(STORIES, secrets, AT.date(), "http://127.0.0.1:8000")["logins"]
    printed.print(log_ins(entries))
    shown = printed.file.getvalue()
    assert "…" not in shown
    if columns == 80:
        for entry in entries.values():
            assert {entry["user"], entry["password"]} <= set(shown.split())


@pytest.mark.django_db
def test_all_staff_are_persons_and_reviewers_of_china_have_offices_at_their_places(secrets: Secrets) -> None:
    """County, city, province and headquarters; cities of each way of deciding about an enrolment (S3.15)."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.cases.models import Reviewer

    access.make_accounts(secrets, STORIES, AT)
    record_staff(secrets, DEMO.behind, AT)
    record_staff(secrets, DEMO.behind, AT)
    recorded = {row.account: row.key for row in Reviewer.objects.all()}
    staff = [each for each in access.LOG_INS if each.role in ("counter", "hotline", "reviewer", "insurer_admin")]
    assert set(recorded) == {Account.objects.get(user=each.user).pk for each in staff}
    assert len(set(recorded.values())) == len(staff) == 13
    reviewing = [each for each in staff if each.jurisdiction == "cn" and each.role in ("reviewer", "insurer_admin")]
    offices = {str(row["code"]): row for row in DEMO.facts.rows["offices"]}
    levels = {str(row["code"]): row["level"] for row in DEMO.facts.rows["regions"]}
    assert {levels[str(offices[each.office]["region"])] for each in reviewing} == {"province", "city", "county"}
    assert offices["cn-hq"]["kind"] == "headquarters"
    day = jurisdictions()["cn"].today(AT)
    policies = [review_policy(["cn", "cn-360000", code], day) for code in ("cn-360600", "cn-360100", "cn-360700")]
    assert {policy.review for policy in policies if policy} == set(Review)
    cities = {str(offices[each.office]["region"]) for each in reviewing}
    assert {"cn-360600", "cn-360100", "cn-360700"} <= cities


@pytest.mark.django_db
def test_the_current_code_is_the_one_that_the_portal_takes(secrets: Secrets) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    from daftar.portal.accounts.models import Account

    access.make_accounts(secrets, STORIES, AT)
    counter = Account.objects.get(user="counter")
    entry = next(each for each in access.LOG_INS if each.name == "counter")
    code = current_code(access.totp_secret(secrets, entry), datetime.now(UTC))
    assert TOTP(counter.authenticator_set.get()).validate_code(code)
    past = current_code(access.totp_secret(secrets, entry), datetime.now(UTC) - timedelta(hours=1))
    assert not TOTP(counter.authenticator_set.get()).validate_code(past)


def test_the_code_of_rfc_6238() -> None:
    """Appendix B, SHA-1: its eight digits end in our six."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert current_code(secret, datetime.fromtimestamp(59, UTC)) == "287082"
    assert current_code(secret, datetime.fromtimestamp(1_111_111_109, UTC)) == "081804"


def test_passwords_keep_their_rules(secrets: Secrets) -> None:
    """Citizens: 8-16 letters and digits, one of each (S4.12). Others: 15 and more."""
    for log_in in access.LOG_INS:
        password = access.password(secrets, log_in)
        assert re.fullmatch(r"[a-z0-9]{8,16}", password)
        assert re.search(r"[a-z]", password)
        assert re.search(r"[0-9]", password)
        assert len(password) >= 15 or log_in.role == "citizen"
    assert access.password(secrets, access.LOG_INS[1]) != access.password(Secrets(bytes(32)), access.LOG_INS[1])


@pytest.fixture
def content(secrets: Secrets) -> dict:
    return document(generate(AT, persons=0).stories, secrets, date(2026, 11, 21), "http://127.0.0.1:8000")


def test_the_document_is_as_the_contract_says(content: dict) -> None:
    assert set(content) == {
        "generated_on",
        "base_url",
        "outbox_url",
        "api_client",
        "api_clients",
        "sms",
        "ussd",
        "logins",
        "persons",
    }
    assert set(content["api_clients"]) == {"provider", "fund", "judicial", "quasi_judicial", "feeds"}
    assert content["api_client"] == content["api_clients"]["provider"]
    assert set(content["api_client"]) == {"id", "secret"}
    assert set(content["sms"]) == {"path", "user", "secret", "provider_mobile"}
    assert set(content["ussd"]) == {"path", "user", "secret", "provider_mobile"}
    assert set(content["logins"]) == LOGINS
    without = {name for name, entry in content["logins"].items() if "totp_secret" not in entry}
    assert without == {"citizen", "citizen_cn"}
    for person in content["persons"]:
        assert set(person) == {"identifier", "name", "mobile", "about", "expect"}
        assert person["name"].strip()
        assert set(person["identifier"]) == {"type", "number"}
        assert set(person["expect"]) == {"service_date", "setting", "status", "reason", "valid_until"}


def test_the_document_is_for_its_owner_and_follows_the_port(content: dict, tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    write_document(path, content)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text(encoding="utf-8")) == content
    moved = move_document(path, "http://127.0.0.1:9000")
    assert moved["outbox_url"] == "http://127.0.0.1:9000" + OUTBOX_PATH
    assert json.loads(path.read_text(encoding="utf-8")) == moved
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.urls("daftar.config.urls")
def test_the_outbox_is_where_the_document_says() -> None:
    from django.urls import resolve

    assert resolve(OUTBOX_PATH).func.__name__ == "outbox"
