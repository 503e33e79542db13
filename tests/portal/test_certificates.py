"""A citizen's way to a certificate, the inbox, opening by the addressed organisation (S1.8-S1.10, S1.21-S1.28)."""

import logging
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from daftar.disclosure.certificates.opening import MISSES_AN_HOUR
from daftar.portal.accounts.models import Account
from daftar.portal.certificates.models import Certificate
from daftar.portal.journal.models import Inquiry
from daftar.portal.notices.selectors import newest_messages
from daftar.portal.organisations.models import Agreement
from daftar.terms.calendars import show_day
from daftar.terms.certificate_codes import new_number
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.texts import text
from tests.portal import officials, world
from tests.portal.acting import log_in, told, words
from tests.portal.certifying import MAIL, citizen, issue, open_document, prepare
from tests.portal.signing_up import log_in_by_mail

pytestmark = pytest.mark.usefixtures("portal")
WRONG = "0000-0000-0000"


def certificate_rows() -> list[tuple[str, str | None]]:
    """What the journal holds of certificates: what happened and which organisation."""
    return [(row.outcome, row.organisation) for row in told(world.key_of(world.PAID)) if row.mode == "certificate"]


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_citizen_sees_their_own_state_in_the_authorities_words(language: str) -> None:
    client = citizen()
    client.post(f"/{language}/certificates/own/", {"period_from": "", "period_to": ""})
    page = words(client.get(f"/{language}/certificates/own/state/"))
    assert text("outcome.active", language) in page
    assert "رضا" in page
    row = told(world.key_of(world.PAID))[-1]
    assert (row.mode, row.outcome, row.ground, row.organisation) == ("affiliation", "active", "own", None)


def test_a_period_is_read_in_both_calendars_and_its_faults_are_named() -> None:
    client = citizen()
    for typed, code in (
        ({"period_from": "1400/01/01"}, "period_half"),
        ({"period_from": "1402/01/01", "period_to": "1401/01/01"}, "period_reversed"),
        ({"period_from": "2024-01-01", "period_to": "2199-01-01"}, "period_in_future"),
        ({"period_from": "x", "period_to": "y"}, "not_a_day"),
    ):
        refused = client.post("/en/certificates/own/", {"period_from": "", "period_to": ""} | typed)
        assert refused.status_code == 422
        assert text(f"input.{code}", "en") in words(refused)
    client.post("/en/certificates/own/", {"period_from": "1401/01/01", "period_to": "1401/12/29"})
    page = words(client.get("/en/certificates/own/state/"))
    assert "21 March 2022 – 20 March 2023" in page


def test_only_organisations_with_an_agreement_may_be_chosen_and_are_found_by_words() -> None:
    client = citizen()
    client.post("/en/certificates/own/", {"period_from": "", "period_to": ""})
    page = "/en/certificates/own/organisation/"
    assert set(re.findall(r'value="([a-z]+-1)"', client.get(page).content.decode())) == set(officials.NAMES)
    found = client.get(page, {"query": "صندوق", "kind": ""}).content.decode()
    assert set(re.findall(r'value="([a-z]+-1)"', found)) == {officials.FUND}
    assert "fits these words" in words(client.get(page, {"query": "nothing of this", "kind": ""}))
    Agreement.objects.filter(organisation=officials.FUND).update(ends=date(2025, 1, 1))
    assert client.post(page, {"organisation": officials.FUND}).status_code == 422
    assert client.post(page, {"organisation": world.HOSPITAL}).status_code == 422


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_the_preview_names_the_addressee_and_ends_with_the_sentence(language: str) -> None:
    page = words(prepare(citizen(), language))
    today = show_day(jurisdictions()["ir"].today(datetime.now(UTC)), language)
    assert officials.NAMES[officials.FUND] in page
    assert text("outcome.active", language) in page
    sentence = text(
        "certificate.requested", language, day=today, title=text("certificate.male", language), name="رضا نمونه"
    )
    assert sentence in page
    assert not Certificate.objects.exists()


def test_pages_out_of_order_lead_back() -> None:
    client = citizen()
    for page in ("state", "organisation", "preview"):
        assert client.get(f"/en/certificates/own/{page}/").url == "/en/certificates/own/"
    client.post("/en/certificates/own/", {"period_from": "", "period_to": ""})
    assert client.get("/en/certificates/own/preview/").url == "/en/certificates/own/organisation/"


def test_an_unverified_citizen_and_an_organisation_are_kept_out() -> None:
    unverified, clerk = log_in_by_mail("lapsed@example.org", world.PASSWORD), log_in("fund")
    for page in ("own/", "inbox/"):
        assert unverified.get(f"/en/certificates/{page}").status_code in (302, 403)
        assert clerk.get(f"/en/certificates/{page}").status_code == 403
        assert "log-in" in Client().get(f"/en/certificates/{page}").url
    assert citizen().get("/en/certificates/open/").status_code == 403


def test_a_hospital_opens_no_certificate_and_its_attempts_are_journalled() -> None:
    """Under the owner of the certificate that it meant; a number that is none of ours, or no number, is not kept."""
    number, code = issue(citizen())
    hospital = log_in("hospital")
    assert hospital.get("/en/certificates/open/").status_code == 403
    for typed in (number, new_number(), "12"):
        assert open_document(hospital, typed, code).status_code == 403
    assert hospital.get(f"/en/certificates/opened/{number}/").status_code == 403
    rows = Inquiry.objects.filter(organisation=world.HOSPITAL).order_by("asked_at", "id")
    said = {(row.mode, row.outcome, row.ground, row.shown, row.account) for row in rows}
    assert said == {("certificate", "no_agreement", "consent", "", "hospital")}
    meant = [(row.key == world.key_of(world.PAID), row.reference) for row in rows]
    assert meant == [(False, None), (True, number), (False, None), (False, None), (True, number)]
    assert len({row.key for row in rows}) == 2


def test_where_the_insurer_does_not_offer_it_nobody_is_shown_the_way() -> None:
    client = citizen()
    Account.objects.filter(user="citizen").update(jurisdiction="cn")
    refused = client.get("/en/certificates/own/")
    assert (refused.status_code, "not issued where you are insured" in words(refused)) == (403, True)
    assert "/certificates/inbox/" not in client.get("/en/accounts/").content.decode()


def test_number_and_code_survive_a_reload_and_the_inbox_lists_it() -> None:
    client = citizen()
    number, code = issue(client)
    assert number_page(client, number) == number_page(client, number)
    page = words(client.get("/en/certificates/inbox/"))
    assert officials.NAMES[officials.FUND] in page
    assert "Not opened yet" in page
    assert "No certificate fits" in words(client.get("/en/certificates/inbox/", {"query": "دادگستری"}))
    assert number[:4] in words(client.get("/en/certificates/inbox/", {"query": number[:8]}))
    assert len(code) == 12
    assert certificate_rows()[0] == ("issued", None)


def number_page(client: Client, number: str) -> tuple[str, ...]:
    """Number and code as shown again."""
    content = client.get(f"/en/certificates/inbox/{number}/code/").content.decode()
    return tuple(re.findall(r'data-(?:number|access-code)="(\w+)"', content))


def test_the_addressed_organisation_opens_it_and_the_owner_sees_who_and_when() -> None:
    owner = citizen()
    number, code = issue(owner)
    clerk = log_in("fund")
    opened = open_document(clerk, number, code)
    page = words(clerk.get(opened.url))
    assert text("outcome.active", "en") in page
    assert "at the request of Mr رضا نمونه" in page
    seen = words(owner.get(f"/en/certificates/inbox/{number}/"))
    assert f"Opened – {officials.NAMES[officials.FUND]}" in seen
    assert "First opened" in seen
    assert [row for row in certificate_rows() if row[1]] == [("opened", "fund-1"), ("shown", "fund-1")]
    assert officials.NAMES[officials.FUND] in newest_messages()[0].message.text
    assert newest_messages()[0].message.to == MAIL


def test_an_opened_document_is_shown_again_for_half_an_hour_to_who_opened_it() -> None:
    number, code = issue(citizen())
    clerk = log_in("fund")
    address = open_document(clerk, number, code).url
    assert log_in("court").get(address).status_code == 404
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=29)):
        assert clerk.get(address).status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31)):
        assert clerk.get(address).status_code == 404


def test_each_refusal_says_what_it_is() -> None:
    owner = citizen()
    number, code = issue(owner)
    clerk, court = log_in("fund"), log_in("court")
    wrong = open_document(clerk, number, WRONG)
    assert wrong.status_code == 422
    assert text("input.wrong_code", "en", left="4") in words(wrong)
    assert text("problem.certificate-not-found", "en") in words(open_document(court, number, code))
    owner.post(f"/en/certificates/inbox/{number}/revoke/")
    assert text("problem.certificate-revoked", "en") in words(open_document(clerk, number, code))
    for _ in range(5):
        locked = open_document(clerk, number, WRONG)
    assert text("problem.certificate-locked", "en") in words(locked)
    Agreement.objects.filter(organisation=officials.FUND).update(ends=date.today() - timedelta(days=1))
    ended = open_document(clerk, number, code)
    assert (ended.status_code, text("problem.no-agreement", "en") in words(ended)) == (403, True)
    assert certificate_rows()[-1] == ("no_agreement", "fund-1")


@pytest.mark.parametrize(
    ("number", "code", "complaint"),
    [
        ("", WRONG, "required"),
        ("12", WRONG, "wrong_length"),
        ("11111111111111111111", WRONG, "wrong_check_digit"),
        ("11111111111111111111", "x", "not_an_access_code"),
    ],
)
def test_what_cannot_be_a_number_or_code_is_named_at_its_field(number: str, code: str, complaint: str) -> None:
    refused = open_document(log_in("fund"), number, code, "fa")
    assert refused.status_code == 422
    assert text(f"input.{complaint}", "fa") in words(refused)


def test_digits_of_any_script_open_it() -> None:
    number, code = issue(citizen())
    persian = number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert open_document(log_in("fund"), persian, f"{code[:4].lower()} {code[4:]}").status_code == 302


def test_a_revoked_certificate_is_closed_at_once_also_to_who_has_it_open() -> None:
    owner = citizen()
    number, code = issue(owner)
    clerk = log_in("fund")
    address = open_document(clerk, number, code).url
    assert "Revoke" in words(owner.get(f"/en/certificates/inbox/{number}/revoke/"))
    owner.post(f"/en/certificates/inbox/{number}/revoke/")
    assert clerk.get(address).status_code == 404
    assert "Revoked" in words(owner.get(f"/en/certificates/inbox/{number}/"))


def test_nobody_else_reaches_a_certificate_of_an_inbox() -> None:
    number, _ = issue(citizen())
    Certificate.objects.filter(number=number).update(key=world.key_of(world.LAPSED))
    for page in ("", "code/", "certificate.pdf", "revoke/"):
        assert citizen().get(f"/en/certificates/inbox/{number}/{page}").status_code == 404
    assert citizen().post(f"/en/certificates/inbox/{number}/revoke/").status_code == 404


def test_a_stranger_learns_one_of_three_words_by_number_or_qr() -> None:
    owner = citizen()
    number, _ = issue(owner)
    token = Certificate.objects.get(number=number).token
    for typed in (number, token):
        address = Client().post("/en/certificates/verify/", {"number": typed}).url
        page = words(Client().get(address))
        assert text("certificate.valid", "en") in page
        assert "رضا" not in page
    forged = f"{token[:-6]}AAAAAA"
    assert text("certificate.not_ours", "en") in words(Client().post("/en/certificates/verify/", {"number": forged}))
    owner.post(f"/en/certificates/inbox/{number}/revoke/")
    assert text("certificate.revoked", "en") in words(Client().get(f"/en/certificates/verify/{number}/"))
    refused = Client().post("/en/certificates/verify/", {"number": number[:10]})
    assert (refused.status_code, text("input.wrong_length", "en") in words(refused)) == (422, True)
    assert Client().get(f"/en/certificates/verify/{number[:10]}/").status_code == 404


def test_a_journey_leaves_nothing_personal_in_logs_addresses_or_sessions(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    owner, clerk = citizen(), log_in("fund")
    number, code = issue(owner, period_from="1401/01/01", period_to="1401/12/29")
    addresses = [open_document(clerk, number, code).url, owner.post(f"/en/certificates/inbox/{number}/revoke/").url]
    sessions = [str(each.get_decoded()) for each in Session.objects.all()]
    left = "\n".join([*addresses, *sessions, caplog.text])
    for personal in (world.PAID[1], "رضا", "نمونه", code, code[:4] + "-"):
        assert personal not in left


def test_who_finds_nothing_too_often_is_told_when_to_come_back() -> None:
    clerk = log_in("fund")
    for _ in range(MISSES_AN_HOUR):
        assert open_document(clerk, new_number(), WRONG).status_code == 422
    slowed = open_document(clerk, new_number(), WRONG)
    assert (slowed.status_code, text("problem.too-many-requests", "en") in words(slowed)) == (429, True)
    assert 0 < int(slowed.headers["Retry-After"]) <= 3601
