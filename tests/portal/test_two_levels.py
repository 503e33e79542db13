"""The two levels of citizens' accounts (design §4): mail confirmed, identity verified by mobile or at a counter."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.test import Client, RequestFactory

from daftar.portal.accounts import identity
from daftar.portal.accounts.models import Account, Challenge, Role
from daftar.portal.accounts.roles import for_citizens
from daftar.portal.notices.models import NoticeChannel, NoticeChoice
from daftar.portal.notices.services import choice_set, notify
from daftar.portal.people.models import Person
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.signing_up import code_to, log_in_by_mail, mails_to, prove_identity, sign_up

pytestmark = pytest.mark.usefixtures("portal")
LEILA = "lapsed@example.org"


def leila() -> Client:
    """A citizen whose mailbox alone is confirmed."""
    return log_in_by_mail(LEILA, world.PASSWORD)


def answer_to(account: Account, verified: bool) -> HttpResponse:
    """What a guarded page answers to an account."""
    request = RequestFactory().get("/en/somewhere/")
    request.user, request.session = account, {}
    return for_citizens(verified=verified)(lambda request: HttpResponse("inside"))(request)


def test_a_page_for_the_verified_sends_the_others_to_prove_it_and_back() -> None:
    client = leila()
    assert client.get("/en/accounts/notices/").url == "/en/accounts/identity/"
    assert prove_identity(client, world.LAPSED).url == "/en/accounts/notices/"
    assert client.get("/en/accounts/notices/").status_code == 200
    account = Account.objects.get(user="mail-citizen")
    assert (account.verified_by, account.verified_at is not None) == ("mobile", True)


@pytest.mark.parametrize(
    ("user", "verified", "inside"),
    [("citizen", True, True), ("mail-citizen", True, False), ("mail-citizen", False, True)],
)
def test_the_guard_of_citizens_pages(user: str, verified: bool, inside: bool) -> None:
    response = answer_to(Account.objects.get(user=user), verified)
    assert (response.content == b"inside") is inside


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CITIZEN}))
def test_nobody_else_is_a_citizen(role: str) -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        answer_to(Account(user="x", role=role), verified=False)


def test_the_person_is_told_that_they_were_verified() -> None:
    sign_up(world.PENSIONER, "parvin@example.org")
    client = log_in_by_mail("parvin@example.org")
    response = prove_identity(client, world.PENSIONER)
    assert response.url == "/en/accounts/?done=verified"
    assert "Your identity is verified" in words(client.get(response.url))
    assert mails_to("parvin@example.org")[0] == text("mail_subject.identity_verified", "en")


def test_no_notice_about_a_person_goes_to_a_mailbox_that_is_not_known_to_be_theirs() -> None:
    sign_up(world.PENSIONER, "stranger@example.org")
    person = world.key_of(world.PENSIONER)
    assert not NoticeChoice.objects.filter(key=person).exists()
    with transaction.atomic():
        assert not notify(person, "case_answered", at=datetime.now(UTC))
    prove_identity(log_in_by_mail("stranger@example.org"), world.PENSIONER)
    with transaction.atomic():
        assert notify(person, "case_answered", at=datetime.now(UTC))
    assert mails_to("stranger@example.org")[0] == text("mail_subject.case_answered", "en")


def test_a_mailbox_chosen_before_by_who_is_not_verified_is_forgotten_by_the_migration() -> None:
    accounts = {user: Account.objects.get(user=user).person_key for user in ("citizen", "mail-citizen")}
    run_migration("0007_campaign_indexes")
    for person in accounts.values():
        choice_set(person, channel=NoticeChannel.MAIL, mail="somebody@example.org", language="en")
    run_migration("0008_choices_of_the_verified")
    assert list(NoticeChoice.objects.values_list("key", flat=True)) == [accounts["citizen"]]


def run_migration(name: str) -> None:
    """Bring the tables of notices to where a migration leaves them."""
    MigrationExecutor(connection).migrate([("notices", name)])


def test_a_counter_that_verifies_an_account_opens_its_notices() -> None:
    sign_up(world.SILENT, "nader@example.org")
    person = world.key_of(world.SILENT)
    assert not NoticeChoice.objects.filter(key=person).exists()
    counter = Account.objects.get(user="counter")
    identity.identity_confirm_at_counter(person, by=counter, at=datetime.now(UTC))
    assert NoticeChoice.objects.get(key=person).channel == "mail"


def test_without_a_mobile_on_record_the_office_does_it() -> None:
    sign_up(world.SILENT, "nader@example.org")
    client = log_in_by_mail("nader@example.org")
    response = client.post("/en/accounts/identity/")
    assert response.status_code == 422
    assert text("sign_up.no_mobile", "en") in words(response)
    counter = Account.objects.get(user="counter")
    identity.identity_confirm_at_counter(world.key_of(world.SILENT), by=counter, at=datetime.now(UTC))
    assert Account.objects.get(person_key=world.key_of(world.SILENT)).verified_by == "counter"
    assert client.get("/en/accounts/notices/").status_code == 200


def test_the_mobile_of_who_has_died_verifies_nobody() -> None:
    """Whoever holds the telephone now is somebody else."""
    client = leila()
    Person.objects.filter(key=Account.objects.get(user="mail-citizen").person_key).update(death_date=date(2026, 11, 1))
    response = client.post("/en/accounts/identity/")
    assert response.status_code == 422
    assert text("sign_up.no_mobile", "en") in words(response)


def test_three_codes_an_hour() -> None:
    client = leila()
    for _ in range(3):
        assert client.post("/en/accounts/identity/").status_code == 302
    assert client.post("/en/accounts/identity/").status_code == 429


def test_wrong_late_and_foreign_codes_verify_nobody() -> None:
    client = leila()
    client.post("/en/accounts/identity/")
    right = code_to(world.international(world.LAPSED[2], world.LAPSED[0]))
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert client.post("/en/accounts/identity/code/", {"code": wrong}).status_code == 422
    assert client.post("/en/accounts/identity/code/", {"code": right}).status_code == 422
    client.post("/en/accounts/identity/")
    Challenge.objects.update(expires_at=world.long_ago())
    late = code_to(world.international(world.LAPSED[2], world.LAPSED[0]))
    assert client.post("/en/accounts/identity/code/", {"code": late}).status_code == 422
    assert Account.objects.get(user="mail-citizen").verified_at is None


def test_another_accounts_challenge_verifies_nobody() -> None:
    sign_up(world.PENSIONER, "parvin@example.org")
    parvin, thief = log_in_by_mail("parvin@example.org"), leila()
    thief.post("/en/accounts/identity/")
    parvin.post("/en/accounts/identity/")
    session = thief.session
    session["identity"] = parvin.session["identity"]
    session.save()
    code = code_to(world.international(world.PENSIONER[2], world.PENSIONER[0]))
    assert thief.post("/en/accounts/identity/code/", {"code": code}).status_code == 422
    assert not Account.objects.filter(user="mail-citizen").exclude(verified_at=None).exists()


def test_staff_have_no_levels() -> None:
    assert log_in("counter").get("/en/accounts/identity/").status_code == 403
