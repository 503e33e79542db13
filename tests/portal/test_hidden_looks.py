"""A judicial look is hidden by a supervisor until a date, at most twelve months; longer with a second person (X.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.looks import selectors, services
from daftar.portal.looks.models import Hiding
from daftar.portal.looks.selectors import Wanted
from daftar.rules.hiding import longest
from daftar.terms.jurisdictions import jurisdictions
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.looking import by_hospital, looked
from tests.portal.officials import COURT, NAMES, POLICE

pytestmark = pytest.mark.usefixtures("portal")

REASON = "پرونده‌ای در دست تحقیق"  # with a half-space, as Persian is typed


def in_days(days: int) -> str:
    """A day to come, as typed where the court is."""
    return str(jurisdictions()["ir"].today(datetime.now(UTC)) + timedelta(days=days))


def shown_at(days: int) -> int:
    """How many looks the person sees of others, some days from now."""
    at = datetime.now(UTC) + timedelta(days=days)
    return selectors.looks(world.key_of(world.PAID), Wanted("citizen"), at).count()


def test_a_hidden_look_is_only_counted_and_opens_by_itself_with_its_reason() -> None:
    code = looked(world.key_of(world.PAID))
    court = log_in("court-supervisor")
    assert code[:4] in words(court.get("/en/looks/hidden/"))
    assert court.post(f"/en/looks/hidden/{code}/", {"until": in_days(30), "reason": REASON}).status_code == 302
    assert "This look is hidden" in words(court.get(f"/en/looks/hidden/{code}/"))
    citizen = Client()
    citizen.post("/en/accounts/log-in/", {"login": "citizen@example.org", "password": world.PASSWORD})
    page = words(citizen.get("/en/looks/"))
    assert "hides for a time, by law: 1." in page
    assert NAMES[COURT] not in page
    assert citizen.get(f"/en/looks/{code}/").status_code == 404
    assert code not in b"".join(citizen.post("/en/looks/export/")).decode()
    assert (shown_at(0), shown_at(29), shown_at(31)) == (0, 0, 1)
    Hiding.objects.update(hidden_until=datetime.now(UTC) - timedelta(minutes=1))
    page = words(citizen.get(f"/en/looks/{code}/"))
    assert "This look was hidden for a time" in page
    assert REASON in page
    assert REASON.encode() not in bytes(Hiding.objects.get().sealed)


def test_beyond_twelve_months_a_second_person_confirms() -> None:
    code = looked(world.key_of(world.PAID))
    first, second = log_in("court-supervisor"), log_in("court-admin")
    first.post(f"/en/looks/hidden/{code}/", {"until": in_days(700), "reason": REASON})
    assert (shown_at(360), shown_at(370)) == (0, 1)
    assert "Confirm the longer time" not in words(first.get(f"/en/looks/hidden/{code}/"))
    first.post(f"/en/looks/hidden/{code}/", {"confirm": "yes"})
    assert shown_at(370) == 1
    assert "Confirm the longer time" in words(second.get(f"/en/looks/hidden/{code}/"))
    second.post(f"/en/looks/hidden/{code}/", {"confirm": "yes"})
    assert (shown_at(370), shown_at(698), shown_at(702)) == (0, 0, 1)
    row = Hiding.objects.get()
    assert (row.decided_by, row.confirmed_by) == ("court-supervisor", "court-admin")


def test_hiding_again_does_not_stretch_the_twelve_months() -> None:
    """They run from the look, not from the decision."""
    code = looked(world.key_of(world.PAID), ago=timedelta(days=300))
    court = log_in("court-supervisor")
    for _ in range(2):
        court.post(f"/en/looks/hidden/{code}/", {"until": in_days(300), "reason": REASON})
    assert (shown_at(50), shown_at(80)) == (0, 1)


def test_a_newer_decision_opens_earlier() -> None:
    code = looked(world.key_of(world.PAID))
    court = log_in("court-supervisor")
    for days in (200, 2):
        court.post(f"/en/looks/hidden/{code}/", {"until": in_days(days), "reason": REASON})
    assert shown_at(3) == 1


def test_only_supervisors_of_the_judicial_organisation_that_looked() -> None:
    code, other = looked(world.key_of(world.PAID)), looked(world.key_of(world.PAID), organisation=POLICE)
    hospital = by_hospital(world.key_of(world.PAID), organisation=COURT)
    for user in ("court", "police", "fund", "hospital", "counter"):
        assert log_in(user).get(f"/en/looks/hidden/{code}/").status_code == 403
    supervisor = log_in("court-supervisor")
    assert supervisor.get(f"/en/looks/hidden/{other}/").status_code == 404
    assert supervisor.get(f"/en/looks/hidden/{hospital}/").status_code == 404
    Account.objects.filter(user="court-supervisor").update(organisation="fund-1")
    assert supervisor.get("/en/looks/hidden/").status_code == 403


@pytest.mark.parametrize(("until", "said"), [("", "Fill this in"), ("x", "not a day"), ("2020-01-01", "after today")])
def test_a_day_to_come_and_a_reason_are_needed(until: str, said: str) -> None:
    code = looked(world.key_of(world.PAID))
    response = log_in("court-supervisor").post(f"/en/looks/hidden/{code}/", {"until": until, "reason": ""})
    assert response.status_code == 422
    assert said in words(response)
    assert Hiding.objects.count() == 0


def test_the_database_itself_refuses_a_second_word_by_the_same_person() -> None:
    code = looked(world.key_of(world.PAID))
    log_in("court-supervisor").post(f"/en/looks/hidden/{code}/", {"until": in_days(700), "reason": REASON})
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.update(confirmed_by="court-supervisor", confirmed_at=datetime.now(UTC))


def test_confirming_what_nobody_decided_does_nothing() -> None:
    account = Account.objects.get(user="court-admin")
    assert not services.hiding_confirm(inquiry=5, by=account, at=datetime.now(UTC))


@pytest.mark.parametrize(
    ("looked_on", "last"),
    [(date(2026, 11, 21), date(2027, 11, 21)), (date(2024, 2, 29), date(2025, 2, 28)), (date(1940, 1, 1), None)],
)
def test_the_longest_hiding_on_one_word_is_a_dated_parameter(looked_on: date, last: date | None) -> None:
    assert longest(looked_on, "ir") == (last or looked_on)
