"""Sign-up (S4.10-S4.14): name, identifier, e-mail; mail code; password twice; the log-in page."""

import threading
from datetime import UTC, datetime
from html import unescape

import pytest
from django.conf import settings as django_settings
from django.test import Client

from daftar.portal.accounts.challenges import challenge_try
from daftar.portal.accounts.identity import identity_send
from daftar.portal.accounts.models import Account, Challenge, Purpose
from daftar.portal.notices.selectors import newest_messages
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import told, words
from tests.portal.signing_up import (
    GOOD,
    code_to,
    fill_in,
    log_in_by_mail,
    mails_to,
    prove_identity,
    set_password,
    sign_up,
    type_code,
)

pytestmark = pytest.mark.usefixtures("portal")
MAIL = "parvin@example.org"
NOBODY = ("ir-national-code", world.ir_code(999), "")


def refusal(client: Client, response: object) -> str:
    """The words of the page that refuses."""
    assert response.url == "/en/accounts/sign-up/refused/"
    return unescape(words(client.get(response.url)))


def test_who_the_registry_knows_signs_up_and_logs_in() -> None:
    client = Client()
    assert fill_in(client, world.PENSIONER, MAIL).url == "/en/accounts/sign-up/code/"
    assert type_code(client, MAIL).url == "/en/accounts/sign-up/password/"
    after = set_password(client)
    assert "Your account is ready" in words(client.get(after.url))
    assert client.get("/en/accounts/").status_code == 302  # S4.14: not logged in by itself
    page = words(log_in_by_mail("Parvin@Example.org").get("/en/accounts/"))
    assert "پروین بازنشسته" in page
    assert "not verified" in page


def test_no_row_of_an_account_before_the_password_is_set() -> None:
    before = Account.objects.count()
    client = Client()
    fill_in(client, world.PENSIONER, MAIL)
    type_code(client, MAIL)
    assert Account.objects.count() == before
    set_password(client)
    account = Account.objects.get(person_key=world.key_of(world.PENSIONER))
    assert (account.role, account.verified_at) == ("citizen", None)
    assert account.fields == {"mail": MAIL, "name": "پروین بازنشسته"}
    for personal in (MAIL, "پروین", world.PENSIONER[1]):
        assert personal not in f"{account.user} {account.display_name} {bytes(account.sealed)!r}"


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_who_the_registry_does_not_know_is_told_so_after_the_mail_code_only(language: str) -> None:
    client = Client()
    before = words(fill_in(client, NOBODY, MAIL, "Nobody", language))
    known = words(fill_in(Client(), world.PENSIONER, "other@example.org", language=language))
    assert before == known == ""  # both are redirects to the same page
    response = type_code(client, MAIL, language)
    page = unescape(words(client.get(response.url)))
    assert text("sign_up.not_uploaded", language) in page
    assert set_password(client).url == "/en/accounts/sign-up/"
    assert not Account.objects.filter(person_key=world.key_of(NOBODY)).exists()


def test_the_guides_own_words_in_chinese() -> None:
    assert text("sign_up.not_uploaded", "zh") == "该人员信息尚未上传至部平台，请联系参保地经办机构。"
    assert "密码必须由8-16位的字母和数字组成，且至少包含一个字母和一个数字" in text("input.password_guide", "zh")


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("پروین بازنشسته", True),
        ("  بازنشسته   پروین ", True),
        ("پروين بازنشسته", True),  # Arabic ye
        ("پروین", False),
        ("پروین آزمایشی", False),
    ],
)
def test_the_name_must_be_the_registrys(name: str, same: bool) -> None:
    client = Client()
    fill_in(client, world.PENSIONER, MAIL, name)
    response = type_code(client, MAIL)
    if same:
        assert response.url == "/en/accounts/sign-up/password/"
    else:
        assert text("sign_up.not_uploaded", "en") in refusal(client, response)


def test_names_with_a_zero_width_non_joiner_and_chinese_names() -> None:
    for made, mail, name in ((world.SILENT, "n@example.org", "نادر بی‌تلفن"), (world.RESIDENT, "w@example.cn", "王伟")):
        client = Client()
        fill_in(client, made, mail, name)
        assert type_code(client, mail).url == "/en/accounts/sign-up/password/"


def test_the_telling_is_journalled() -> None:
    for made in (world.PENSIONER, NOBODY):
        client = Client()
        fill_in(client, made, f"a{made[1]}@example.org")
        assert told(world.key_of(made)) == []
        type_code(client, f"a{made[1]}@example.org")
    rows = [told(world.key_of(made))[0] for made in (world.PENSIONER, NOBODY)]
    assert [(row.mode, row.outcome, row.ground) for row in rows] == [
        ("sign_up", "known", "own"),
        ("sign_up", "not_found", "own"),
    ]


def test_five_identifiers_a_mailbox_a_day() -> None:
    for serial in range(900, 905):
        client = Client()
        fill_in(client, ("ir-national-code", world.ir_code(serial), ""), MAIL)
        django_cache_clear()
        assert text("sign_up.not_uploaded", "en") in refusal(client, type_code(client, MAIL))
    client = Client()
    fill_in(client, world.PENSIONER, MAIL)
    assert text("sign_up.too_many_identifiers", "en") in refusal(client, type_code(client, MAIL))
    assert set_password(client).url == "/en/accounts/sign-up/"
    other = Client()
    fill_in(other, world.PENSIONER, "another@example.org")
    assert type_code(other, "another@example.org").url == "/en/accounts/sign-up/password/"


def django_cache_clear() -> None:
    """Forget the counts of codes a mailbox an hour, which are another limit."""
    from django.core.cache import cache

    cache.clear()


def test_a_sixth_code_to_a_mailbox_within_the_hour_is_refused() -> None:
    for _ in range(5):
        assert fill_in(Client(), world.PENSIONER, MAIL).status_code == 302
    response = fill_in(Client(), world.PENSIONER, MAIL)
    assert response.status_code == 429
    assert text("problem.too-many-requests", "en") in words(response)
    assert fill_in(Client(), world.PENSIONER, "other@example.org").status_code == 302


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short1a", "password_guide"),
        ("seventeen12345678", "password_guide"),
        ("onlyletters", "password_guide"),
        ("1234567890", "password_guide"),
        ("with space1", "password_guide"),
        ("with-sign1", "password_guide"),
        ("رمزعبور123", "password_guide"),
        ("１２３４abcd", "password_guide"),
        ("password1", "password_common"),
        ("Password1", "password_common"),
        ("", "required"),
    ],
)
def test_passwords_that_are_not_taken(password: str, code: str) -> None:
    client = Client()
    fill_in(client, world.PENSIONER, MAIL)
    type_code(client, MAIL)
    response = set_password(client, password)
    assert response.status_code == 422
    assert text(f"input.{code}", "en") in words(response)
    assert not Account.objects.filter(person_key=world.key_of(world.PENSIONER)).exists()


@pytest.mark.parametrize("password", ["eight8ch", "sixteenletters16", "XkcDef12"])
def test_passwords_of_the_guides_rule(password: str) -> None:
    sign_up(world.PENSIONER, MAIL, password)
    log_in_by_mail(MAIL, password)


def test_the_two_passwords_must_be_the_same() -> None:
    client = Client()
    fill_in(client, world.PENSIONER, MAIL)
    type_code(client, MAIL)
    response = set_password(client, GOOD, "another42one")
    assert text("input.passwords_differ", "en") in words(response)
    assert GOOD not in response.content.decode()


def test_the_modern_rule_is_one_setting_away(settings) -> None:
    settings.PASSWORD_POLICY = "modern"
    client = Client()
    fill_in(client, world.PENSIONER, MAIL)
    type_code(client, MAIL)
    assert text("input.password_modern", "en") in words(set_password(client, GOOD))
    assert set_password(client, "four quite usual words").status_code == 302


def test_a_code_is_for_the_session_that_asked_and_works_once() -> None:
    client, stranger = Client(), Client()
    fill_in(client, world.PENSIONER, MAIL)
    fill_in(stranger, world.PENSIONER, "stranger@example.org")
    code = code_to(MAIL)
    assert stranger.post("/en/accounts/sign-up/code/", {"code": code}).status_code == 422
    assert client.post("/en/accounts/sign-up/code/", {"code": code}).status_code == 302
    set_password(client)
    assert client.post("/en/accounts/sign-up/code/", {"code": code}).status_code == 302
    assert client.get("/en/accounts/sign-up/password/").url == "/en/accounts/sign-up/"


def test_five_wrong_codes_end_it() -> None:
    client = Client()
    fill_in(client, world.PENSIONER, MAIL)
    right = code_to(MAIL)
    wrong = "000000" if right != "000000" else "111111"
    for left in (4, 3, 2, 1):
        page = words(client.post("/en/accounts/sign-up/code/", {"code": wrong}))
        assert text("input.wrong_code", "en", left=str(left)) in page
    assert "Start again" in words(client.post("/en/accounts/sign-up/code/", {"code": wrong}))
    assert client.post("/en/accounts/sign-up/code/", {"code": right}).status_code == 422
    assert client.get("/en/accounts/sign-up/password/").status_code == 302


def test_a_late_code_is_not_taken() -> None:
    client = Client()
    fill_in(client, world.PENSIONER, MAIL)
    Challenge.objects.update(expires_at=world.long_ago())
    assert type_code(client, MAIL).status_code == 422


def test_a_session_known_before_the_code_was_typed_sets_no_password() -> None:
    client, other = Client(), Client()
    fill_in(client, world.PENSIONER, MAIL)
    name = django_settings.SESSION_COOKIE_NAME
    other.cookies[name] = client.cookies[name].value
    type_code(client, MAIL)
    assert other.get("/en/accounts/sign-up/password/").url == "/en/accounts/sign-up/"
    assert client.get("/en/accounts/sign-up/password/").status_code == 200


def test_a_mailbox_has_one_account() -> None:
    sign_up(world.PENSIONER, MAIL)
    client = Client()
    fill_in(client, world.SILENT, MAIL)
    assert text("sign_up.mailbox_taken", "en") in refusal(client, type_code(client, MAIL))


def test_a_person_with_a_verified_account_has_no_second_one() -> None:
    client = Client()
    fill_in(client, world.PAID, MAIL, "رضا نمونه")
    assert text("sign_up.person_taken", "en") in refusal(client, type_code(client, MAIL))


def test_a_verified_claim_takes_the_place_of_an_unverified_account_and_tells_both() -> None:
    squatter = log_in_by_mail("lapsed@example.org", world.PASSWORD)
    client = Client()
    fill_in(client, world.LAPSED, "leila@example.org")
    assert type_code(client, "leila@example.org").url == "/en/accounts/sign-up/identity/"
    assert set_password(client).url == "/en/accounts/sign-up/identity/"  # not without the proof
    assert prove_identity(client, world.LAPSED, "sign-up/identity").url == "/en/accounts/sign-up/password/"
    assert set_password(client).status_code == 302
    account = Account.objects.get(person_key=world.key_of(world.LAPSED))
    assert (account.fields["mail"], account.verified_by) == ("leila@example.org", "mobile")
    closed = Account.objects.get(user="mail-citizen")
    assert (closed.is_active, closed.person_key, closed.mail_key) == (False, None, None)
    assert squatter.get("/en/accounts/").status_code == 302
    assert mails_to("lapsed@example.org") == [text("mail_subject.account_taken", "en")]
    assert text("mail_subject.identity_verified", "en") in mails_to("leila@example.org")


@pytest.mark.parametrize(("made", "passed"), [(world.PENSIONER, True), (world.LAPSED, False)])
def test_a_proof_of_another_person_or_not_passed_takes_nobodys_place(made: tuple[str, str, str], passed: bool) -> None:
    client, now = Client(), datetime.now(UTC)
    fill_in(client, world.LAPSED, "leila@example.org")
    type_code(client, "leila@example.org")
    proof = identity_send(world.key_of(made), account=None, language="en", at=now)
    if passed:
        code = code_to(world.international(made[2], made[0]))
        assert challenge_try(challenge=proof.id, purpose=Purpose.IDENTITY, code=code, at=now) == proof
    session = client.session
    session["sign_up_proof"] = str(proof.id)
    session.save()
    assert set_password(client).url == "/en/accounts/sign-up/identity/"
    assert Account.objects.get(user="mail-citizen").is_active


def test_of_two_who_finish_at_once_one_has_the_account() -> None:
    clients = [Client(), Client()]
    for number, client in enumerate(clients):
        fill_in(client, world.PENSIONER, f"p{number}@example.org")
        type_code(client, f"p{number}@example.org")
    answers: list[str] = []
    threads = [threading.Thread(target=_finish, args=(client, answers)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(url.endswith("done=signed_up") for url in answers) == 1
    assert Account.objects.filter(person_key=world.key_of(world.PENSIONER)).count() == 1


def _finish(client: Client, answers: list[str]) -> None:
    from django.db import connections

    answers.append(set_password(client).url)
    connections.close_all()


def test_of_eight_codes_to_one_mobile_at_once_three_are_sent() -> None:
    person, now = world.key_of(world.PENSIONER), datetime.now(UTC)
    sent: list[bool] = []

    def ask() -> None:
        from django.db import connections

        sent.append(isinstance(identity_send(person, account=None, language="en", at=now), Challenge))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sent.count(True), Challenge.objects.count()) == (3, 3)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("name", "", "required"),
        ("name", "a\u202eb", "forbidden_character"),
        ("name", "x" * 101, "too_long"),
        ("mail", "parvin", "not_a_mail"),
        ("mail", "a@example.org\u0000", "forbidden_character"),
        ("number", "12", "wrong_length"),
        ("number", world.ir_code(1)[:-1] + "0", "wrong_check_digit"),
    ],
)
def test_bad_input_sends_no_mail(field: str, typed: str, code: str) -> None:
    values = {"name": "پروین", "type": "ir-national-code", "number": world.PENSIONER[1], "mail": MAIL}
    response = Client().post("/fa/accounts/sign-up/", values | {field: typed})
    assert response.status_code == 422
    assert response.content.decode().count(text(f"input.{code}", "fa")) == 2
    assert newest_messages() == []


def test_identifiers_in_persian_digits() -> None:
    client = Client()
    number = world.PENSIONER[1].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    fill_in(client, (world.PENSIONER[0], f" {number[:3]} {number[3:]}", ""), MAIL, "پروین بازنشسته", "fa")
    assert type_code(client, MAIL).url == "/en/accounts/sign-up/password/"
