"""The pages of the quiz (S4.17-S4.22, S4.28): questions, the generic error, locks, the counter, what is remembered."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.entitlement.models import Admission
from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import Organisation
from daftar.portal.settlement.models import Settlement
from daftar.terms.texts import text
from tests.disclosure.quizzing import wait_out_midnight
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.quizzing import NAMES, QUIZ, attempts, begin, give, guess, row, treated
from tests.portal.settling import HOSPITAL, MAIL, citizen
from tests.portal.signing_up import log_in_by_mail

pytestmark = pytest.mark.usefixtures("portal")
RESULT = f"/en/{QUIZ}result/"


@pytest.fixture(autouse=True)
def _one_day() -> None:
    wait_out_midnight()


def journalled() -> list[str]:
    """Outcomes of the quiz in the journal."""
    return [each.outcome for each in told(world.key_of(world.RESIDENT)) if each.mode == "quiz"]


def test_expenses_lead_to_the_quiz_and_after_it_to_themselves() -> None:
    client = treated()
    assert client.get("/en/settlements/expenses/").url == f"/en/{QUIZ}"
    assert give(client, begin(client)).url == RESULT
    page = words(client.get(RESULT))
    assert text("quiz.passed", "en") in page
    assert client.get("/en/settlements/expenses/").status_code == 200
    assert journalled() == ["asked", "right"]


def test_the_page_shows_the_hospitals_and_not_which() -> None:
    client = treated()
    page = client.get(client.post(f"/en/{QUIZ}").url).content.decode()
    codes = re.findall(r'name="hospital" value="([^"]+)"', page)
    assert len(set(codes)) == len(codes) == 6
    assert HOSPITAL in codes
    assert not re.search(r'" checked', page)
    assert client.get(f"/en/{QUIZ}questions/").content.decode().count("form-check-input") == 6


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ("住院并直接结算？", "住院并直接结算是什么时候？", "选择其中一个回答即可", "您只支付个人承担的部分")),
        ("fa", ("هزینه آن به‌طور مستقیم تسویه شد؟", "که به‌طور مستقیم تسویه شد چه زمانی بود؟", "فقط سهم خودتان را")),
        ("en", ("a stay that was settled directly?", "stay there that was settled directly?", "your own share")),
    ],
)
def test_the_questions_say_which_stays_they_mean(language: str, told: tuple[str, ...]) -> None:
    """S4.18: the person may know of stays that were settled in another way."""
    client = treated()
    begin(client, language)
    page = words(client.get(f"/{language}/{QUIZ}questions/"))
    for each in told:
        assert each in page


def test_a_hospital_that_has_recorded_an_admission_is_no_decoy() -> None:
    """No settlement has come of it yet; the person was there all the same."""
    client = treated()
    Organisation.objects.filter(code=world.HOSPITAL).update(institution="H31010100010")
    asked = {"channel": "api", "mode": "general", "setting": "inpatient", "outcome": "covered", "reason": "active"}
    asked |= {"rule_version": "1", "ground": "agreement", "shown": "status"}
    now, key = datetime.now(UTC), world.key_of(world.RESIDENT)
    inquiry = Inquiry.objects.create(id=7, asked_at=now, key=key, service_day=now.date(), **asked)
    Admission.objects.create(
        inquiry=inquiry.id, organisation=world.HOSPITAL, reference="A1", payer="cn-bmi", recorded_at=now
    )
    begin(client)
    page = client.get(f"/en/{QUIZ}questions/").content.decode()
    assert 'value="H31010100011"' in page
    assert 'value="H31010100010"' not in page


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fa", {"admitted": "۱۴۰۳/۱۲/۱۲"}),
        ("fa", {"admitted": "", "discharged": "1403/12/19"}),
        ("zh", {"admitted": "2025年3月2日"}),
        ("zh", {"admitted": "2025-03-02", "discharged": "2025-03-09"}),
        ("en", {"admitted": "", "discharged": "2025-03-09"}),
    ],
)
def test_days_are_taken_in_either_calendar_and_any_digits(language: str, typed: dict[str, str]) -> None:
    client = treated()
    response = give(client, begin(client, language), language, **typed)
    assert text("quiz.passed", language) in words(client.get(response.url))


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_one_generic_error_with_the_tries_left(language: str) -> None:
    client = treated()
    for left, changes in ((2, {"hospital": ""}), (1, {"admitted": "2025-03-03"})):
        draw = begin(client, language)
        if "hospital" in changes:
            page = client.get(f"/{language}/{QUIZ}questions/").content.decode()
            changes["hospital"] = next(
                each for each in re.findall(r'name="hospital" value="([^"]+)"', page) if each != HOSPITAL
            )
        response = give(client, draw, language, **changes)
        said = text("quiz.wrong", language, left="۲۱"[2 - left] if language == "fa" else str(left))
        page = words(client.get(response.url))
        assert said in page
        assert text("quiz.others", language) in page
        assert 'href="/' in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"admitted": ""}, "one_day_needed"),
        ({"admitted": "x"}, "not_a_day"),
        ({"admitted": "2025-02-30"}, "not_a_day"),
        ({"admitted": "2025-03-09", "discharged": "2025-03-02"}, "discharged_before_admitted"),
        ({"admitted": "2199-01-01"}, "day_in_future"),
        ({"hospital": "nowhere"}, ""),
        ({"hospital": ""}, ""),
        ({"hospital": "x" * 10_000}, ""),
    ],
)
def test_what_cannot_be_an_answer_is_said_and_spends_no_try(changes: dict[str, str], code: str) -> None:
    client = treated()
    response = give(client, begin(client), **changes)
    assert response.status_code == 422
    assert (text(f"input.{code}", "en") if code else "Choose one of these.") in words(response)
    assert attempts() == 0


def test_a_double_click_and_the_back_button_spend_no_more() -> None:
    client = treated()
    draw = begin(client)
    for _ in range(2):
        assert give(client, draw, admitted="2024-01-01").url == RESULT
    assert attempts() == 1
    for _ in range(2):
        assert text("quiz.wrong", "en", left="2") in words(client.get(RESULT))
    for _ in range(3):  # right, and right again, and with the old form by the back button
        assert give(client, draw).url == RESULT
        assert text("quiz.passed", "en") in words(client.get(RESULT))
    assert attempts() == 2
    for page in ("", "questions/"):
        assert client.get(f"/en/{QUIZ}{page}").url == RESULT
    assert client.post(f"/en/{QUIZ}").url == f"/en/{QUIZ}questions/"
    assert client.get(f"/en/{QUIZ}questions/").url == RESULT


@pytest.mark.parametrize("draw", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_form_of_other_questions_begins_anew_and_spends_no_try(draw: str) -> None:
    client = treated()
    begin(client)
    response = give(client, draw)
    assert text("quiz.expired", "en") in words(client.get(response.url))
    assert attempts() == 0


def test_expired_questions_begin_anew_and_spend_no_try() -> None:
    client = treated()
    draw = begin(client)
    quiz = row()
    quiz.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    quiz.save()
    assert client.get(f"/en/{QUIZ}questions/").url == f"/en/{QUIZ}"
    response = give(client, draw)
    assert text("quiz.expired", "en") in words(client.get(response.url))
    assert attempts() == 0
    assert row().draw.hex != draw.replace("-", "")


def test_three_wrong_answers_lock_this_service_and_no_other() -> None:
    client = treated()
    for number in range(3):
        response = guess(client, number)
    page = words(client.get(response.url))
    assert text("quiz.locked", "en") in page
    until = row().locked_until.astimezone()
    assert abs(until - datetime.now(UTC) - timedelta(hours=24)) < timedelta(minutes=1)
    shanghai = row().locked_until + timedelta(hours=8)
    assert f"{shanghai:%-d %B %Y} {shanghai:%H:%M}" in page
    assert client.get(f"/en/{QUIZ}").url == RESULT
    assert give(client, "x").url == RESULT
    assert client.get("/en/settlements/expenses/").url == f"/en/{QUIZ}"
    for other in ("/en/", "/en/accounts/"):
        assert client.get(other).status_code == 200
    assert journalled() == ["asked", "wrong", "wrong", "wrong", "locked"]


def test_the_release_is_told_in_the_readers_calendar() -> None:
    client = treated()
    for number in range(3):
        guess(client, number)
    page = words(client.get(f"/fa/{QUIZ}result/"))
    assert re.search(r"[۰-۹]+ \S+ ۱۴\d*[۰-۹]{2}، [۰-۹]{2}:[۰-۹]{2}", page)


def test_who_has_no_settlement_is_told_so_and_loses_nothing() -> None:
    client = treated()
    Settlement.objects.all().delete()
    for _ in range(5):
        response = client.post(f"/en/{QUIZ}")
        assert text("quiz.no_settlement", "en") in words(response)
    assert "Tries left today: 3" in words(client.get(f"/en/{QUIZ}"))
    assert journalled() == ["no_settlement"] * 5


@pytest.mark.parametrize("change", ["password", "mail", "second factor", "nothing"])
def test_it_is_remembered_until_the_credentials_change(change: str) -> None:
    client = treated()
    give(client, begin(client))
    account = Account.objects.get(user="resident")
    password = world.PASSWORD
    if change == "password":
        account.set_password(password := "another24you")
    elif change == "mail":
        account.mail_key = world.key_of(world.PAID)
    elif change == "second factor":
        account.authenticator_set.create(type="totp", data={"secret": "x"})
    account.save()
    again = Client()
    again.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    if change in ("nothing", "mail"):
        login = {"login": "resident", "password": password}
        assert again.post("/en/accounts/log-in/", login).status_code == 302
    else:
        again = client if change == "second factor" else log_in_by_mail(MAIL, password)
    opened = again.get("/en/settlements/expenses/")
    assert opened.status_code == (200 if change == "nothing" else 302)
    if change != "nothing":
        assert opened.url == f"/en/{QUIZ}"


def test_the_quiz_is_for_citizens_where_the_service_is_offered() -> None:
    assert Client().get(f"/en/{QUIZ}").url.startswith("/en/accounts/log-in/")
    assert log_in("counter").get(f"/en/{QUIZ}").status_code == 403
    iranian = log_in_by_mail("citizen@example.org", world.PASSWORD)
    for page in ("", "questions/", "result/"):
        assert iranian.get(f"/en/{QUIZ}{page}").status_code == 403
    assert citizen().verified_at is None  # and a confirmed mailbox is enough


def closed(client: Client) -> None:
    """Nine wrong within thirty days: three today, six on two days before."""
    for day in (9, 4, 0):
        for number in range(3):
            guess(client, number)
        earlier = datetime.now(UTC) - timedelta(days=day)
        quiz = row()
        if day:
            quiz.locked_until = earlier
            quiz.save()


def test_a_counter_reopens_what_nine_wrong_answers_have_closed() -> None:
    client = treated()
    closed(client)
    assert text("quiz.closed", "en") in words(client.get(RESULT))
    counter = log_in("counter-cn")
    values = {"type": world.RESIDENT[0], "number": world.RESIDENT[1]}
    person = counter.post("/en/console/people/", values).url
    assert f"{person}quiz/" in counter.get(person).content.decode()
    assert "Nine answers were wrong" in words(counter.get(f"{person}quiz/"))
    assert counter.post(f"{person}quiz/").status_code == 422  # the person was not seen
    assert row().closed_at is not None
    done = counter.post(f"{person}quiz/", {"seen": "on"})
    assert "The quiz is open again" in words(counter.get(done.url))
    assert "neither locked nor closed" in words(counter.get(f"{person}quiz/"))
    rows = told(world.key_of(world.RESIDENT))
    reopened = next(each for each in rows if each.outcome == "reopened")
    assert (reopened.mode, reopened.ground, reopened.account, reopened.office) == (
        *("quiz", "duty", "counter-cn"),
        world.OFFICE,
    )
    assert [each.shown for each in rows if each.mode == "counter"][-1] == "name quiz"
    assert text("quiz.passed", "en") in words(client.get(give(client, begin(client)).url))


def test_a_counter_cannot_shorten_a_lock() -> None:
    client = treated()
    for number in range(3):
        guess(client, number)
    counter = log_in("counter-cn")
    values = {"type": world.RESIDENT[0], "number": world.RESIDENT[1]}
    person = counter.post("/en/console/people/", values).url
    assert "cannot be shortened" in words(counter.get(f"{person}quiz/"))
    assert counter.post(f"{person}quiz/", {"seen": "on"}).status_code == 200
    assert row().locked_until is not None
    assert log_in("hotline").get(f"{person}quiz/").status_code == 403


def test_the_counter_shows_it_only_where_there_is_such_a_service() -> None:
    counter = log_in("counter")
    person = counter.post("/en/console/people/", {"type": world.PAID[0], "number": world.PAID[1]}).url
    assert "quiz" not in counter.get(person).content.decode()


def test_the_person_sees_in_who_looked_what_was_tried() -> None:
    client = treated()
    account = citizen()
    account.verified_at, account.verified_by = datetime.now(UTC), "mobile"
    account.save()
    guess(client, 1)
    shown = client.post("/en/looks/", {"who": "all"}, follow=True)
    assert words(shown).count("quiz before expenses") == 2


def test_nothing_of_the_stay_is_left_in_the_session_or_an_address() -> None:
    client = treated()
    addresses = [guess(client, 1).url, client.post(f"/en/{QUIZ}").url]
    left = f"{addresses} {dict(client.session)}"
    for personal in (HOSPITAL, "2025", NAMES[0]):
        assert personal not in left


@pytest.mark.parametrize(("forms", "same"), [(200, False), (40, True)], ids=["different answers", "the same answers"])
def test_two_hundred_forms_sent_at_once_are_three_tries(site: str, forms: int, same: bool) -> None:
    """As an attacker would: the one form, by many connections at once (S4.20); or as an impatient finger would."""
    client = treated()
    draw = begin(client)
    page = client.get(f"/en/{QUIZ}questions/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    cookies = {name: each.value for name, each in client.cookies.items()}

    def send(number: int) -> int:
        day = "2024-01-01" if same else f"2023-{number % 12 + 1:02}-{number // 12 + 1:02}"
        values = {"draw": draw, "hospital": HOSPITAL, "admitted": day, "csrfmiddlewaretoken": token}
        with httpx.Client(cookies=cookies, timeout=60) as own:
            return own.post(f"{site}/en/{QUIZ}questions/", data=values).status_code

    with ThreadPoolExecutor(20) as threads:
        assert set(threads.map(send, range(forms))) == {302}
    assert attempts() == 3
    assert sorted(journalled()) == ["asked", "locked", "wrong", "wrong", "wrong"]
