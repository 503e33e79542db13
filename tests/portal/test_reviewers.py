"""Headquarters record the person behind each staff account; nobody records themself."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.cases.models import Reviewer
from daftar.portal.cases.review_services import reviewer_record
from daftar.portal.console import reviewers
from tests.portal import world
from tests.portal.acting import log_in, told, words

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]

NAMED = {"type": world.PAID[0], "number": world.PAID[1], "seen": "on"}


@pytest.fixture
def account() -> Account:
    """A reviewer of Iran without a person on record."""
    return account_make(user="judge", password=world.PASSWORD, role=Role.REVIEWER, office=world.OFFICE)


@pytest.fixture
def client(account: Account) -> Client:
    return log_in("headquarters")


@pytest.fixture
def name() -> str:
    """The name of PAID."""
    from daftar.portal.people.selectors import person_seen

    seen = person_seen(world.key_of(world.PAID))
    assert seen is not None
    return seen.name


def page(account: Account) -> str:
    return f"/en/console/reviewers/{account.pk}/"


def test_an_account_without_a_person_is_shown_to_review_nothing(client: Client, account: Account, name: str) -> None:
    shown = words(client.get("/en/console/reviewers/"))
    assert "judge" in shown
    assert "missing: reviews nothing" in shown
    answer = client.post(page(account), NAMED | {"name": name})
    assert answer.url == "/en/console/reviewers/?done=recorded"
    row = Reviewer.objects.get(account=account.pk)
    assert (row.key, row.recorded_by) == (world.key_of(world.PAID), "headquarters")
    (look,) = [each for each in told(world.key_of(world.PAID)) if each.mode == "reviewer"]
    assert (look.outcome, look.account, look.reference, look.shown) == ("recorded", "headquarters", "judge", "")
    assert "The person is recorded" in words(client.get(answer.url))
    assert name not in words(client.get(page(account))), "the page tells nothing about anybody"


@pytest.mark.parametrize(
    "change", [{"name": "کسی دیگر"}, {"number": world.ir_code(999)}, {"number": "1"}, {"seen": ""}, {"name": ""}]
)
def test_number_and_name_must_both_be_right(
    client: Client, account: Account, name: str, change: dict[str, str]
) -> None:
    answer = client.post(page(account), NAMED | {"name": name} | change)
    assert answer.status_code == 422
    assert not Reviewer.objects.filter(account=account.pk).exists()
    shown = words(answer)
    assert ("We know nobody by this number and this name." in shown) is (
        change in ({"name": "کسی دیگر"}, {"number": world.ir_code(999)})
    )


def test_one_person_reviews_by_one_account_and_a_change_takes_the_place(
    client: Client, account: Account, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = account_make(user="judge-2", password=world.PASSWORD, role=Role.REVIEWER, office=world.OFFICE)
    client.post(page(account), NAMED | {"name": name})
    answer = client.post(page(other), NAMED | {"name": name})
    assert "behind another account already" in words(answer)
    assert told(world.key_of(world.PAID))[-1].reason == "taken"

    def overtaken(**_: object) -> bool:
        raise IntegrityError

    monkeypatch.setattr(reviewers, "reviewer_record", overtaken)
    assert client.post(page(other), NAMED | {"name": name}).status_code == 422
    monkeypatch.undo()
    by = Account.objects.get(user="headquarters")
    assert reviewer_record(account=account, person=world.key_of(world.PENSIONER), by=by, at=timezone.now())
    assert Reviewer.objects.get(account=account.pk).key == world.key_of(world.PENSIONER)


def test_nobody_records_themself(client: Client, name: str) -> None:
    own = Account.objects.get(user="headquarters")
    assert "Another administrator of headquarters" in words(client.get(page(own)))
    client.post(page(own), NAMED | {"name": name})
    assert not Reviewer.objects.exists()


def test_who_works_at_a_counter_is_recorded_and_no_longer_serves_themself(client: Client, name: str) -> None:
    counter, number = log_in("counter"), {"type": world.PAID[0], "number": world.PAID[1]}
    assert counter.post("/en/console/people/", number).status_code == 302
    shown = words(client.get("/en/console/reviewers/"))
    assert ("not recorded yet" in shown, "hotline" in shown) == (True, True)
    clerk = Account.objects.get(user="counter")
    assert client.post(page(clerk), NAMED | {"name": name}).url == "/en/console/reviewers/?done=recorded"
    assert "somebody close to you" in words(counter.post("/en/console/people/", number))


def test_only_staff_accounts_of_this_country(client: Client, account: Account) -> None:
    for user in ("hospital", "citizen", "counter-cn"):
        assert client.get(page(Account.objects.get(user=user))).status_code == 404
    Account.objects.filter(pk=account.pk).update(jurisdiction="cn")
    assert client.get(page(account)).status_code == 404
    assert client.get("/en/console/reviewers/999999/").status_code == 404
    assert log_in("counter").get("/en/console/reviewers/").status_code == 403
