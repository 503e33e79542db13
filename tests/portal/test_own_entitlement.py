"""Own entitlement without a log-in: identifier and mobile, one-time code, answer (S2.8-S2.10)."""

import pytest
from django.conf import settings
from django.test import Client

from daftar.portal.entitlement.models import OwnEntitlementChallenge
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import newest_code, own_entitlement, told, words

pytestmark = pytest.mark.usefixtures("portal")


def answer_of(made: tuple[str, str, str], mobile: str = "", language: str = "en") -> object:
    """Go through all three pages."""
    client = Client()
    assert own_entitlement(client, made, mobile, language).status_code == 302
    response = client.post(f"/{language}/entitlement/own/code/", {"code": newest_code()})
    assert response.status_code == 302
    return client.get(response.url)


def test_covered_with_end_date_reason_and_age_of_the_data() -> None:
    page = words(answer_of(world.PAID))
    assert text("status.covered", "en") in page
    assert text("reason.contribution_paid", "en") in page
    assert text("notice.as_of_today", "en") in page
    assert "End date of entitlement" in page
    assert "Newest report of your office" in page


def test_not_covered_says_why_and_what_to_do() -> None:
    page = words(answer_of(world.LAPSED))
    assert text("status.not_covered", "en") in page
    assert text("reason.contribution_lapsed", "en") in page
    assert text("next.contribution_lapsed", "en") in page
    assert "End date of entitlement" not in page


@pytest.mark.parametrize(("language", "made"), [("fa", world.PENSIONER), ("zh", world.RESIDENT)])
def test_answer_in_the_readers_language(language: str, made: tuple[str, str, str]) -> None:
    page = words(answer_of(made, language=language))
    assert text("status.covered", language) in page


def test_answer_is_journalled_as_own_and_specific() -> None:
    answer_of(world.PAID)
    (row,) = told(world.key_of(world.PAID))
    assert (row.mode, row.ground, row.channel, row.outcome) == ("specific", "own", "web", "covered")
    assert row.shown == "status valid_until reason tracking_code"


def test_a_childs_answer_by_the_mobile_of_the_insured_parent() -> None:
    page = words(answer_of(world.CHILD, mobile=world.PAID[2]))
    assert "The insured parent of a minor" in page
    (row,) = told(world.key_of(world.CHILD))
    assert row.acting_for == world.key_of(world.PAID)


@pytest.mark.parametrize("made", [world.PAID, ("ir-national-code", world.ir_code(999), "")])
def test_mismatch_is_the_same_for_known_and_unknown(made: tuple[str, str, str]) -> None:
    response = own_entitlement(Client(), made, mobile="09121111111", language="fa")
    assert response.status_code == 422
    assert "عدم تطابق کد ملی با شماره موبایل" in words(response)
    assert text("notice.mismatch_next", "fa") in words(response)
    assert made[1] in response.content.decode()  # what was typed stays
    assert not OwnEntitlementChallenge.objects.exists()


def test_a_wrong_code_says_how_many_tries_are_left_until_none_is() -> None:
    client = Client()
    own_entitlement(client, world.PAID)
    right = newest_code()
    wrong = "000000" if right != "000000" else "111111"
    page = words(client.post("/en/entitlement/own/code/", {"code": wrong}))
    assert text("input.wrong_code", "en", left="4") in page
    for _ in range(4):
        page = words(client.post("/en/entitlement/own/code/", {"code": wrong}))
    assert text("problem.code-refused", "en") in page
    client.post("/en/entitlement/own/code/", {"code": right})
    assert told(world.key_of(world.PAID)) == []


def test_digits_of_any_script_are_read() -> None:
    made = (world.PAID[0], world.PAID[1].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), "٠٩١٢٠٠٠٠٠٠١")
    client = Client()
    own_entitlement(client, made, language="fa")
    code = newest_code().translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert client.post("/fa/entitlement/own/code/", {"code": code}).status_code == 302


def test_the_answer_belongs_to_the_session_that_was_told_it() -> None:
    client = Client()
    own_entitlement(client, world.PAID)
    url = client.post("/en/entitlement/own/code/", {"code": newest_code()}).url
    assert client.get(url).status_code == client.get(url).status_code == 200
    assert Client().get(url).status_code == 404
    client.post("/en/entitlement/own/done/")
    assert client.get(url).status_code == 404


def test_a_session_known_before_the_code_was_typed_is_told_nothing() -> None:
    client, other = Client(), Client()
    own_entitlement(client, world.PAID)
    other.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    url = client.post("/en/entitlement/own/code/", {"code": newest_code()}).url
    assert client.get(url).status_code == 200
    assert other.get(url).status_code == 404


def test_a_code_page_without_a_challenge_goes_back() -> None:
    assert Client().get("/en/entitlement/own/code/").url == "/en/entitlement/own/"


def test_a_fourth_code_within_the_hour_is_refused() -> None:
    for _ in range(3):
        assert own_entitlement(Client(), world.PAID).status_code == 302
    response = own_entitlement(Client(), world.PAID)
    assert response.status_code == 429
    assert text("problem.too-many-requests", "en") in words(response)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("number", "", "required"),
        ("number", "12", "wrong_length"),
        ("number", "0000000018", "wrong_check_digit"),
        ("number", "00000\u0000019", "forbidden_character"),
        ("number", "\u202e0000000019", "forbidden_character"),
        ("number", "abcdefghij", "not_digits"),
        ("number", "9" * 5000, "too_long"),
        ("mobile", "123", "not_a_mobile"),
        ("mobile", "13800138000", "not_a_mobile"),
    ],
)
def test_bad_input_is_named_at_its_field_and_in_the_summary(field: str, typed: str, code: str) -> None:
    values = {"type": "ir-national-code", "number": world.PAID[1], "mobile": world.PAID[2]} | {field: typed}
    response = Client().post("/fa/entitlement/own/", values)
    content = response.content.decode()
    assert response.status_code == 422
    assert content.count(text(f"input.{code}", "fa")) == 2
    assert f'href="#id_{field}"' in content
    assert f'id="id_{field}_error"' in content
