"""A provider asks: general mode, payers of inpatient care, agreement in force (S1.2, S2.5, S2.7)."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client
from persiantools.jdatetime import JalaliDate

from daftar.answers import Entry
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.entitlement.models import Admission
from daftar.portal.journal.services import looks_record
from daftar.portal.organisations.models import Agreement, Organisation
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, told, words

pytestmark = pytest.mark.usefixtures("portal")
LOOK = {
    **{"channel": "web", "mode": "general", "outcome": "covered", "reason": "contribution_paid"},
    **{"ground": "agreement", "shown": "status", "service_day": date(2026, 1, 1), "setting": "outpatient"},
}
"""An answer of another organisation."""
STILL_PAID = JalaliDate(date(date.today().year - 4, 9, 23))
"""A day on which LAPSED was insured."""


def ask(client: Client, made: tuple[str, str, str], day: str = "", setting: str = "outpatient") -> object:
    """Ask; the page of the answer, or the form with its errors."""
    values = {"type": made[0], "number": made[1], "service_day": day or str(date.today()), "setting": setting}
    response = client.post("/en/entitlement/ask/", values)
    return client.get(response.url) if response.status_code == 302 else response


def test_two_statuses_and_a_tracking_code_and_nothing_else() -> None:
    client = log_in("hospital")
    covered, not_covered = ask(client, world.PAID), ask(client, world.LAPSED)
    assert text("status.covered", "en") in words(covered)
    assert text("status.not_covered", "en") in words(not_covered)
    for page in (words(covered), words(not_covered)):
        assert "Tracking code" in page
        assert "Until" not in page
        assert "نمونه رضا" not in page
        assert text("reason.contribution_lapsed", "en") not in page


def test_the_question_is_journalled_under_the_agreement() -> None:
    ask(log_in("hospital"), world.PAID)
    (row,) = told(world.key_of(world.PAID))
    assert (row.organisation, row.account, row.ground, row.mode) == (world.HOSPITAL, "hospital", "agreement", "general")
    assert row.shown == "status tracking_code"


def test_an_unknown_person_looks_as_one_who_is_not_covered() -> None:
    client = log_in("hospital")
    pages = []
    for made in (world.LAPSED, ("ir-national-code", world.ir_code(999), "")):
        page = words(ask(client, made))
        code = page.split("Tracking code ")[1][:19]
        pages.append(page.replace(code, ""))
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("day", "status"), [(STILL_PAID.strftime("%Y/%m/%d"), "covered"), ("2010-01-01", "not_covered")]
)
def test_a_past_day_in_either_calendar(day: str, status: str) -> None:
    assert text(f"status.{status}", "en") in words(ask(log_in("hospital"), world.LAPSED, day=day))


@pytest.mark.parametrize(
    ("day", "code"), [("1949-12-31", "service_day_out_of_range"), ("someday", "not_a_day"), ("2026-02-30", "not_a_day")]
)
def test_a_day_that_cannot_be_asked_about(day: str, code: str) -> None:
    response = ask(log_in("hospital"), world.PAID, day=day)
    assert response.status_code == 422
    assert response.content.decode().count(text(f"input.{code}", "en")) == 2
    assert f'value="{day}"' in response.content.decode()


def test_inpatient_shows_payers_in_order_and_records_the_choice_once() -> None:
    client = log_in("hospital")
    page = ask(client, world.PENSIONER, setting="inpatient")
    url = page.request["PATH_INFO"]
    told_to_hospital = words(page)
    assert "Who pays, in order" in told_to_hospital
    first, second = (text(f"payer_reason.{each}", "en") for each in ("first_in_order", "not_in_order"))
    assert f"Social Security Organisation {first} ir-other {second}" in told_to_hospital
    assert client.post(url, {"payer": "ir-other", "reference": "A-77"}).status_code == 302
    assert "The payer of this admission is recorded" in words(client.get(url))
    again = client.post(url, {"payer": "ir-sso", "reference": "A-77"})
    assert text("problem.already-recorded", "en") in words(again)
    row = Admission.objects.get()
    assert (row.payer, row.reference, row.organisation) == ("ir-other", "A-77", world.HOSPITAL)


@pytest.mark.parametrize("values", [{"payer": "nobody", "reference": "1"}, {"payer": "ir-sso"}, {}])
def test_a_payer_outside_the_list_or_no_reference_is_refused(values: dict[str, str]) -> None:
    client = log_in("hospital")
    url = ask(client, world.PENSIONER, setting="inpatient").request["PATH_INFO"]
    assert client.post(url, values).status_code == 422
    assert not Admission.objects.exists()


def test_an_answer_is_shown_to_the_organisation_that_asked_alone() -> None:
    url = ask(log_in("hospital"), world.PAID).request["PATH_INFO"]
    Organisation.objects.create(code="other", kind="provider", name="Other", recorded_at=world.long_ago())
    Agreement.objects.create(
        organisation="other", number="1", starts=date(2020, 1, 1), purposes="eligibility", recorded_at=world.long_ago()
    )
    account_make(
        user="other", password=world.PASSWORD, role=Role.OPERATOR, organisation="other", totp_secret=world.TOTP_SECRET
    )
    assert log_in("other").get(url).status_code == 404


@pytest.mark.parametrize(
    ("organisation", "agreement"),
    [
        ({"suspended": True}, {}),
        ({"withdrawn": True}, {}),
        ({}, {"ends": date(2025, 1, 1)}),
        ({}, {"starts": date(2125, 1, 1)}),
        ({}, {"purposes": "affiliation"}),
        ({}, {"withdrawn": True}),
    ],
)
def test_without_an_agreement_in_force_nothing_may_be_asked(organisation: dict, agreement: dict) -> None:
    client = log_in("hospital")
    assert client.get("/en/entitlement/ask/").status_code == 200
    Organisation.objects.filter(code=world.HOSPITAL).update(recorded_at=world.long_ago(), **organisation)
    Agreement.objects.filter(organisation=world.HOSPITAL).update(recorded_at=world.long_ago(), **agreement)
    response = ask(client, world.PAID)
    assert response.status_code == 403
    assert text("problem.no-agreement", "en") in words(response)
    assert told(world.key_of(world.PAID)) == []


def test_beyond_the_agreements_daily_quota_nothing_is_answered() -> None:
    Agreement.objects.filter(organisation=world.HOSPITAL).update(daily_quota=2)
    client = log_in("hospital")
    pages = [ask(client, world.PAID) for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 422]  # type: ignore[attr-defined]
    assert text("problem.quota-exceeded", "en") in words(pages[2])
    assert len(told(world.key_of(world.PAID))) == 2


def test_an_answer_is_found_again_by_its_tracking_code_in_the_own_organisation_alone() -> None:
    client = log_in("hospital")
    code = ask(client, world.PENSIONER, setting="inpatient").request["PATH_INFO"].split("/")[-2]
    response = client.post("/en/entitlement/answers/", {"code": f" {code[:4]}-{code[4:8]} {code[8:]} "})
    assert response.url == f"/en/entitlement/answers/{code}/"
    own = world.key_of(world.PAID)
    with transaction.atomic():
        (other,) = looks_record([Entry(**LOOK, key=own, organisation="other")], at=datetime.now(UTC))
    for faulty in (other, "0000000000000000", "x", ""):
        refused = client.post("/en/entitlement/answers/", {"code": faulty})
        assert refused.status_code == 422
        assert f'value="{faulty}"' in refused.content.decode() or not faulty
