"""The office counter and a person's account: verify on the spot, close what is not theirs (design §4)."""

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.signing_up import log_in_by_mail, mails_to, sign_up

pytestmark = pytest.mark.usefixtures("portal")


def at_the_counter(made: tuple[str, str, str]) -> tuple[Client, str]:
    """A counter's client, and the address of a person's account."""
    client = log_in("counter")
    page = client.post("/en/console/people/", {"type": made[0], "number": made[1]}).url
    return client, f"{page}account/"


def test_the_identity_is_verified_on_the_spot() -> None:
    client, address = at_the_counter(world.LAPSED)
    citizen = log_in_by_mail("lapsed@example.org", world.PASSWORD)
    page = words(client.get(address))
    assert "l•••@example.org" in page
    assert "lapsed@" not in page
    assert client.post(address, {"do": "verify"}).status_code == 422  # the person was not seen
    done = client.post(address, {"do": "verify", "seen": "on"})
    assert "The identity is verified" in words(client.get(done.url))
    assert citizen.get("/en/accounts/notices/").status_code == 200
    (row,) = [each for each in told(world.key_of(world.LAPSED)) if each.mode == "account"]
    assert (row.account, row.office, row.outcome) == ("counter", world.OFFICE, "identity_verified")


def test_an_account_that_is_not_theirs_is_closed_and_they_sign_up() -> None:
    client, address = at_the_counter(world.LAPSED)
    client.post(address, {"do": "close", "seen": "on"})
    assert mails_to("lapsed@example.org") == [text("mail_subject.account_taken", "en")]
    assert not Account.objects.get(user="mail-citizen").is_active
    sign_up(world.LAPSED, "leila@example.org")
    assert "verify the identity" in words(client.get(address))


def test_who_has_no_account_is_told_how_to_get_one() -> None:
    client, address = at_the_counter(world.SILENT)
    assert "This person has no account." in words(client.get(address))
    assert client.post(address, {"do": "verify", "seen": "on"}).status_code == 200


@pytest.mark.parametrize("wish", ["", "delete"])
def test_nothing_else_can_be_done(wish: str) -> None:
    client, address = at_the_counter(world.LAPSED)
    assert client.post(address, {"do": wish, "seen": "on"}).status_code == 200
    account = Account.objects.get(user="mail-citizen")
    assert (account.is_active, account.verified_at) == (True, None)


def test_it_is_the_counters_page() -> None:
    client, address = at_the_counter(world.LAPSED)
    assert log_in("hotline").get(address).status_code == 403
    assert client.get("/en/console/people/another/account/").status_code == 404
