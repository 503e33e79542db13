"""Who looked at my record (X.5): the list, its filter, pages and file; looks that are questioned."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from daftar.portal.journal.models import Inquiry
from daftar.portal.looks.models import LookCase
from daftar.portal.people.models import PersonIdentifier
from daftar.terms.outcomes import Channel, Ground
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.looking import by_hospital, looked
from tests.portal.officials import COURT, NAMES

pytestmark = pytest.mark.usefixtures("portal")

PERSON = world.PAID
QUESTION = "I have never been to this court.\nWhat did they want? نمی‌دانم"


@pytest.fixture
def citizen() -> Client:
    """PAID, whose identity is verified."""
    client = Client()
    client.post("/en/accounts/log-in/", {"login": "citizen@example.org", "password": world.PASSWORD})
    return client


def test_everybody_elses_looks_are_listed_by_name_with_purpose_ground_and_what_was_shown(citizen: Client) -> None:
    key = world.key_of(PERSON)
    looked(key)
    by_hospital(key)
    looked(key, organisation=None, office=world.OFFICE, ground=Ground.DUTY, mode="counter", purpose=None)
    looked(key, organisation=None, ground=Ground.OWN, mode="specific", purpose=None, shown="valid_until")
    looked(world.key_of(world.LAPSED), organisation="police-1")
    page = words(citizen.get("/en/looks/"))
    for shown in (NAMES[COURT], "بیمارستان نمونه", "شعبه یک تهران", "insurance relationship", "agreement", "duty of"):
        assert shown in page
    assert "Address of residence" in page
    assert "Yourself" not in page
    assert "فرماندهی" not in page


def test_inquiries_by_a_second_identifier_are_the_persons_too(citizen: Client) -> None:
    second = settings.SECRETS.key("ir-foreigner-number", "12345678")
    PersonIdentifier.objects.create(
        key=second, person_key=world.key_of(PERSON), type="ir-foreigner-number", sealed=b"x"
    )
    code = looked(second)
    assert NAMES[COURT] in words(citizen.get("/en/looks/"))
    assert citizen.get(f"/en/looks/{code}/").status_code == 200


def test_only_whose_identity_is_verified_reads_it() -> None:
    assert "/accounts/log-in/" in Client().get("/en/looks/").url
    client = Client()
    client.post("/en/accounts/log-in/", {"login": "lapsed@example.org", "password": world.PASSWORD})
    assert "/accounts/identity/" in client.get("/en/looks/").url
    assert log_in("counter").get("/en/looks/").status_code == 403


def test_reading_is_journalled_and_seen_among_all_looks(citizen: Client) -> None:
    citizen.get("/en/looks/")
    row = Inquiry.objects.get(mode="looks")
    assert (row.key, row.ground, row.account) == (world.key_of(PERSON), "own", "citizen")
    citizen.post("/en/looks/", {"who": "all"})
    assert "Yourself" in words(citizen.get("/en/looks/"))


def test_the_filter_stays_and_takes_days_of_both_calendars(citizen: Client) -> None:
    key = world.key_of(PERSON)
    looked(key, ago=timedelta(days=40))
    by_hospital(key)
    today = date.today()
    citizen.post("/en/looks/", {"who": "others", "day_from": str(today - timedelta(days=3)), "day_to": ""})
    page = words(citizen.get("/en/looks/"))
    assert "بیمارستان نمونه" in page
    assert NAMES[COURT] not in page
    citizen.post("/en/looks/", {"who": "organisations", "day_from": "1404/01/01", "day_to": ""})
    assert NAMES[COURT] in words(citizen.get("/en/looks/"))
    citizen.post("/en/looks/", {"who": "insurer"})
    assert "Nobody looked" in words(citizen.get("/en/looks/"))
    wrong = citizen.post("/en/looks/", {"day_from": "2026-02-02", "day_to": "2026-01-01"})
    assert wrong.status_code == 422
    assert "The end lies before the start" in words(wrong)


def test_pages_hold_twenty(citizen: Client) -> None:
    for number in range(23):
        by_hospital(world.key_of(PERSON), ago=timedelta(minutes=number + 1))
    first, second = citizen.get("/en/looks/").content.decode(), citizen.get("/en/looks/?page=2").content.decode()
    assert (first.count('<th scope="row">'), second.count('<th scope="row">')) == (20, 3)
    assert "?page=2" in first
    assert citizen.get("/en/looks/?page=x").status_code == 200


def test_the_file_has_the_data_trackers_names_and_is_journalled(citizen: Client) -> None:
    code = looked(world.key_of(PERSON))
    looked(world.key_of(PERSON), organisation="=cmd()")
    response = citizen.post("/en/looks/export/")
    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert lines[0] == "logTime,initiatorOrg,purpose,legalBasis,shown,channel,queryId,hiddenUntil,initiator,askedAbout"
    line = next(line for line in lines if code in line)
    assert f",{NAMES[COURT]},affiliation,agreement,outcome given_name family_name residence_address,web,{code}," in line
    assert any(",'=cmd()," in line for line in lines)
    assert Inquiry.objects.filter(mode="looks_exported", key=world.key_of(PERSON)).count() == 1
    assert citizen.get("/en/looks/export/").status_code == 405


def test_nobody_opens_a_look_at_somebody_else(citizen: Client) -> None:
    code = looked(world.key_of(world.LAPSED))
    for path in (f"/en/looks/{code}/", f"/en/looks/{code}/question/", "/en/looks/0000000000000000/", "/en/looks/x/"):
        assert citizen.get(path).status_code == 404


@pytest.mark.parametrize(
    ("language", "waits", "done"),
    [
        ("fa", "هنوز پاسخ داده نشده", "پاسخ داده شده"),
        ("zh", "尚未答复", "已答复"),
        ("en", "not answered yet", "answered"),
    ],
)
def test_a_question_waits_or_is_answered_in_the_readers_words(
    citizen: Client, language: str, waits: str, done: str
) -> None:
    code = looked(world.key_of(PERSON))
    staff = log_in("headquarters")
    citizen.post(f"/{language}/looks/{code}/question/", {"question": QUESTION})
    pages = (citizen, f"/{language}/looks/{code}/"), (staff, f"/{language}/looks/cases/")
    assert all(waits in words(client.get(page)) for client, page in pages)
    staff.post(f"/{language}/looks/cases/{LookCase.objects.get().pk}/", {"answer": "A claim for support."})
    for client, page in pages:
        shown = words(client.get(page))
        assert (done in shown, waits in shown) == (True, False)


def test_a_look_is_questioned_once_and_answered_beside_it(citizen: Client) -> None:
    code = looked(world.key_of(PERSON))
    assert citizen.post(f"/en/looks/{code}/question/", {"question": ""}).status_code == 422
    for text in (QUESTION, "something else"):
        assert citizen.post(f"/en/looks/{code}/question/", {"question": text}).url == f"/en/looks/{code}/"
    case = LookCase.objects.get()
    assert QUESTION.encode() not in bytes(case.question)
    page = words(citizen.get(f"/en/looks/{code}/"))
    assert "I have never been to this court." in page
    assert "something else" not in page
    assert "not answered yet" in page
    staff = log_in("headquarters")
    assert NAMES[COURT] in words(staff.get("/en/looks/cases/"))
    assert "What did they want?" in words(staff.get(f"/en/looks/cases/{case.pk}/"))
    assert staff.post(f"/en/looks/cases/{case.pk}/", {"answer": ""}).status_code == 422
    staff.post(f"/en/looks/cases/{case.pk}/", {"answer": "A claim for support, letter 1405/77."})
    staff.post(f"/en/looks/cases/{case.pk}/", {"answer": "too late"})
    page = words(citizen.get(f"/en/looks/{code}/"))
    assert "A claim for support, letter 1405/77." in page
    assert "Your question answered" in page
    told = Inquiry.objects.filter(mode="case", key=world.key_of(PERSON)).order_by("asked_at", "id")
    outcomes = [(row.outcome, row.ground, row.shown) for row in told]
    assert outcomes[0] == ("opened", "own", "")
    assert ("shown", "duty", "question inquiry") in outcomes
    assert outcomes[-1] == ("answered", "duty", "")


def test_cases_are_for_those_who_answer_them(citizen: Client) -> None:
    code = looked(world.key_of(PERSON))
    citizen.post(f"/en/looks/{code}/question/", {"question": QUESTION})
    number = LookCase.objects.get().pk
    for user in ("counter", "hotline", "court-supervisor"):
        client = log_in(user)
        assert client.get("/en/looks/cases/").status_code == 403
        assert client.get(f"/en/looks/cases/{number}/").status_code == 403
    assert log_in("headquarters").get("/en/looks/cases/999999/").status_code == 404


def test_ones_own_look_cannot_be_questioned(citizen: Client) -> None:
    code = looked(world.key_of(PERSON), organisation=None, account=None, ground=Ground.OWN, channel=Channel.SMS)
    assert "Question this look" not in words(citizen.get(f"/en/looks/{code}/"))
    assert citizen.get(f"/en/looks/{code}/question/").status_code == 404


def test_the_head_of_the_journal_is_public(settings, tmp_path) -> None:
    settings.STATE = tmp_path
    assert Client().get("/.well-known/journal-head.json").status_code == 404
    (tmp_path / "journal-head.json").write_bytes(b'{"payload": ""}')
    response = Client().get("/.well-known/journal-head.json")
    assert response.json() == {"payload": ""}
