"""An organisation asks on the panel: four outcomes, what is told, what is refused and journalled (S1.11-S1.20)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from persiantools.jdatetime import JalaliDate

from daftar.portal.affiliation.models import KeptAnswer
from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import Agreement, Organisation
from daftar.terms.digits import to_persian
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import AffiliationOutcome
from daftar.terms.texts import text
from tests.portal import officials, world
from tests.portal.acting import log_in, told, words

pytestmark = pytest.mark.usefixtures("portal")

LETTER = {"reference_number": "۱۴۰۵/۷۷", "reference_date": "1405/08/01"}
SECRET_OF_COURTS = ("residence_address", "phone", "id_booklet_no")


def ask(client: Client, made: tuple[str, str, str], language: str = "en", **values: str) -> object:
    """Send F1; the page of the answer, or the form with its errors."""
    fields = {"type": made[0], "number": made[1]} | values
    response = client.post(f"/{language}/affiliation/ask/", fields)
    return client.get(response.url) if response.status_code == 302 else response


def attempts() -> list[Inquiry]:
    """Inquiries that were not answered."""
    return list(Inquiry.objects.filter(mode="affiliation", outcome="refused").order_by("id"))


@pytest.mark.parametrize(
    ("made", "period", "outcome"),
    [
        (officials.NOBODY, (), "no_record"),
        (officials.FORMER, (), "not_active"),
        (officials.WORKER, (), "active"),
        (officials.WIFE, (), "active"),
        (officials.FORMER, ("2022-01-01", "2022-12-31"), "affiliated_in_period"),
        (officials.FORMER, ("2024-01-01", "2024-12-31"), "no_record"),
        (officials.WORKER, ("1401/01/01", "۱۴۰۱/۱۲/۲۹"), "affiliated_in_period"),
    ],
)
def test_exactly_one_of_four_outcomes(made: tuple[str, str, str], period: tuple[str, ...], outcome: str) -> None:
    page = words(ask(log_in("fund"), made, **dict(zip(("period_from", "period_to"), period, strict=False))))
    said = [each for each in AffiliationOutcome if text(f"outcome.{each}", "en") in page]
    assert said == [outcome]
    (row,) = told(world.key_of(made))
    assert (row.outcome, row.organisation, row.account, row.channel) == (outcome, officials.FUND, "fund", "web")


@pytest.mark.parametrize(("days_ago", "outcome"), [(0, "active"), (1, "affiliated_in_period")])
def test_a_period_is_raised_to_active_when_it_holds_today(days_ago: int, outcome: str) -> None:
    last = jurisdictions()["ir"].today(datetime.now(UTC)) - timedelta(days=days_ago)
    page = ask(log_in("fund"), officials.WORKER, period_from="2024-01-01", period_to=str(last))
    assert text(f"outcome.{outcome}", "en") in words(page)


def test_a_fund_sees_the_ordinary_fields_alone() -> None:
    page = words(ask(log_in("fund"), officials.WORKER))
    for name in ("given_name", "family_name", "father_name", "insurance_number"):
        assert officials.WORKER_FIELDS[name] in page
    assert officials.WORKSHOP["workshop_name"] in page
    for name in SECRET_OF_COURTS:
        assert officials.WORKER_FIELDS[name] not in page
    assert officials.WORKSHOP["workshop_address"] not in page
    (row,) = told(world.key_of(officials.WORKER))
    assert "residence_address" not in row.shown.split()


@pytest.mark.parametrize("user", ["court", "police"])
def test_judicial_bodies_see_residence_workplace_and_telephone_of_a_main_insured(user: str) -> None:
    page = words(ask(log_in(user), officials.WORKER, **LETTER))
    for value in ("تهران، خیابان نمونه، پلاک ۷", "02100000021", *officials.WORKSHOP.values()):
        assert value in page
    (row,) = told(world.key_of(officials.WORKER))
    assert {"residence_address", "phone", "workshop_address"} <= set(row.shown.split())
    assert row.reference == "۱۴۰۵/۷۷ 2026-10-23"


def test_of_a_dependant_judicial_bodies_see_the_kinship_and_the_main_insured() -> None:
    page = words(ask(log_in("court"), officials.WIFE, **LETTER))
    for value in ("مینا", "Spouse", "بهرام", "4711", officials.WORKER[1], "تهران، خیابان نمونه، پلاک ۷"):
        assert value in page


def test_somebody_unknown_and_nothing_in_the_period_look_the_same() -> None:
    client, pages = log_in("fund"), []
    for made in (officials.NOBODY, officials.FORMER):
        page = words(ask(client, made, period_from="2024-01-01", period_to="2024-02-01"))
        code = page.split("Tracking code ")[1][:19]
        pages.append(page.replace(code, "").replace(made[1], ""))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"period_from": "2024-01-01"}, "period_half"),
        ({"period_to": "2024-01-01"}, "period_half"),
        ({"period_from": "2024-02-01", "period_to": "2024-01-01"}, "period_reversed"),
        ({"period_from": "2024-02-01", "period_to": "2100-01-01"}, "period_in_future"),
        ({"period_from": "1400/13/01", "period_to": "1400/01/01"}, "not_a_day"),
        ({"number": "1"}, "wrong_length"),
        ({"number": "0012345678"}, "wrong_check_digit"),
        ({"number": ""}, "required"),
        ({"reference_date": "2100-01-01"}, "letter_in_future"),
    ],
)
def test_what_cannot_be_asked_is_said_and_journalled_and_nothing_is_told(
    language: str, values: dict[str, str], code: str
) -> None:
    response = ask(log_in("fund"), officials.WORKER, language, **values)
    assert response.status_code == 422
    assert response.content.decode().count(text(f"input.{code}", language)) == 2  # in the summary and at the field
    (row,) = attempts()
    assert (row.reason, row.shown, row.account) == (code, "", "fund")
    assert not KeptAnswer.objects.exists()
    assert "بهرام" not in response.content.decode()


@pytest.mark.parametrize("user", ["court", "police"])
def test_a_judicial_body_names_its_letter(user: str) -> None:
    response = ask(log_in(user), officials.WORKER)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(text("input.letter_number_required", "en")) == 2
    assert page.count(text("input.letter_date_required", "en")) == 2
    (row,) = attempts()
    assert row.reason == "letter_number_required"


def test_a_national_code_in_persian_digits_with_spaces_is_read() -> None:
    typed = " ".join(to_persian(officials.WORKER[1]))
    page = ask(log_in("fund"), ("ir-national-code", typed, ""))
    assert text("outcome.active", "en") in words(page)


def test_an_agreement_that_ended_yesterday_opens_nothing_and_the_attempt_is_journalled() -> None:
    client = log_in("court")
    Agreement.objects.filter(organisation=officials.COURT).update(
        recorded_at=world.long_ago(), ends=datetime.now(UTC).date() - timedelta(days=2)
    )
    assert client.get("/en/affiliation/ask/").status_code == 403
    response = ask(client, officials.WORKER, **LETTER)
    assert response.status_code == 403
    assert text("problem.no-agreement", "en") in words(response)
    (row,) = told(world.key_of(officials.WORKER))
    assert (row.outcome, row.reason, row.shown) == ("refused", "no-agreement", "")


def test_an_answer_is_read_again_only_while_the_organisation_may_ask() -> None:
    court = log_in("court")
    code = court.post("/en/affiliation/ask/", {"type": officials.WORKER[0], "number": officials.WORKER[1]} | LETTER).url
    assert "شهرک" in words(court.get(code))  # of the address
    Organisation.objects.filter(code=officials.COURT).update(suspended=True)
    page = words(court.get(code))
    assert text("outcome.active", "en") in page
    assert "شهرک" not in page


def test_the_quota_of_the_day_is_kept() -> None:
    Agreement.objects.filter(organisation=officials.FUND).update(recorded_at=world.long_ago(), daily_quota=1)
    client = log_in("fund")
    assert ask(client, officials.WORKER).status_code == 200
    response = ask(client, officials.WIFE)
    assert response.status_code == 422
    assert text("problem.quota-exceeded", "en") in words(response)
    assert [row.reason for row in attempts()] == ["quota-exceeded"]


def test_a_hospital_has_no_panel_and_its_attempts_are_journalled() -> None:
    """Under the person whom it meant, where that can be read; else under nobody."""
    hospital = log_in("hospital")
    assert hospital.get("/en/affiliation/ask/").status_code == 403
    for number in (officials.WORKER[1], "12"):
        assert ask(hospital, ("ir-national-code", number, "")).status_code == 403
    assert hospital.post("/en/affiliation/files/", {}).status_code == 403
    rows = attempts()
    told = {(row.reason, row.shown, row.organisation, row.account) for row in rows}
    assert told == {("no-agreement", "", world.HOSPITAL, "hospital")}
    meant = [row.key == world.key_of(officials.WORKER) for row in rows]
    assert meant == [False, True, False, False]
    assert rows[0].key == rows[3].key != rows[2].key


def test_the_answers_of_a_file_are_not_fetched_after_the_agreements_end_and_the_attempt_is_journalled() -> None:
    client = log_in("court")
    Agreement.objects.filter(organisation=officials.COURT).update(
        recorded_at=world.long_ago(), ends=datetime.now(UTC).date() - timedelta(days=2)
    )
    assert client.post(f"/en/affiliation/files/{uuid4()}/answers/").status_code == 403
    assert [(row.reason, row.account) for row in attempts()] == [("no-agreement", "court")]


def test_the_answer_survives_a_reload_for_the_account_that_asked_alone() -> None:
    client = log_in("court")
    page = ask(client, officials.WORKER, **LETTER)
    url = page.request["PATH_INFO"]
    assert words(client.get(url)) == words(page)
    seen = words(log_in("court-supervisor").get(url))
    assert text("outcome.active", "en") in seen
    assert "بهرام" not in seen
    assert officials.WORKER[1] not in seen
    assert log_in("fund").get(url).status_code == 404
    assert len(told(world.key_of(officials.WORKER))) == 1


def test_the_answer_is_forgotten_after_some_hours() -> None:
    client = log_in("fund")
    url = ask(client, officials.WORKER).request["PATH_INFO"]
    KeptAnswer.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))
    assert "بهرام" not in words(client.get(url))


def test_the_answer_lies_sealed() -> None:
    ask(log_in("fund"), officials.WORKER)
    sealed = bytes(KeptAnswer.objects.get().sealed)
    assert "بهرام".encode() not in sealed
    assert officials.WORKER[1].encode() not in sealed


def test_days_are_shown_in_the_readers_calendar() -> None:
    born = JalaliDate(date(1980, 5, 1))
    client = log_in("fund")
    page = words(ask(client, officials.WORKER, "fa"))
    assert to_persian(f"{born.day} اردیبهشت {born.year}") in page
    assert "1 May 1980" in words(ask(client, officials.WORKER))
    assert "1980年5月1日" in words(ask(client, officials.WORKER, "zh"))
