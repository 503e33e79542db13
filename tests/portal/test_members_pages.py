"""«我的亲情成员», «亲人详情», «解除绑定»; the member's own view: who acts for me, yes or no to an ask (S3.6, S3.11)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.proxy import persons
from daftar.portal.proxy.models import Ended, ProxyBinding
from daftar.portal.proxy.services import binding_ask
from daftar.terms.texts import LANGUAGES, text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.binding import ELDER, STRANGER, bind_face, mail_of, messages_to, named

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]

LIST = "/en/proxies/members/"


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, verified."""
    return ground.people()


@pytest.fixture
def bound(principal: Account) -> ProxyBinding:
    """He acts for 李秀英."""
    made = bind_face(ELDER, principal, datetime.now(UTC))
    assert isinstance(made, ProxyBinding)
    return made


@pytest.fixture
def asked(principal: Account, monkeypatch: pytest.MonkeyPatch) -> ProxyBinding:
    """He asks 李秀英, whose region lets her confirm."""
    monkeypatch.setattr(persons, "may_confirm_themself", lambda region, day: "cn-360000" in region)
    made = binding_ask(named=named(ELDER), by=principal, at=datetime.now(UTC))
    assert isinstance(made, ProxyBinding)
    return made


def citizen(made: ground.Made, *, verified: bool = True) -> Client:
    """Somebody of Jiangxi with an account, logged in."""
    ground.account_of(made, verified=verified)
    client = Client()
    client.post("/en/accounts/log-in/", {"login": mail_of(made), "password": world.PASSWORD})
    return client


def shown_looks() -> list[tuple[str, str]]:
    """Looks at the details, as the journal has them of the member."""
    rows = [row for row in told(world.key_of(ELDER)) if row.outcome == "shown"]
    return [(row.ground, row.shown) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_both_sides(bound: ProxyBinding, language: str) -> None:
    mine = words(citizen(world.RESIDENT).get(f"/{language}/proxies/members/"))
    for told_there in ("李秀英", text("kinship.parent", language), text("proxy_way.face", language)):
        assert told_there in mine
    hers = words(citizen(ELDER).get(f"/{language}/proxies/members/"))
    assert "王伟" in hers
    assert text("proxy_state.bound", language) in hers


def test_the_details_have_the_number_masked_and_are_on_record(bound: ProxyBinding) -> None:
    page = words(citizen(world.RESIDENT).get(f"{LIST}{bound.pk}/"))
    assert "江西省 鹰潭市" in page
    assert "990•" in page
    assert ELDER[1] not in page
    assert text("proxy_act.see_enrolment", "en") in page
    assert text("proxy_act.see_looks", "en") in page
    assert shown_looks() == [("proxy", "binding name number insured_region")]


def test_the_member_reads_who_acts_and_nothing_of_the_other_ones_record(bound: ProxyBinding) -> None:
    page = words(citizen(ELDER).get(f"{LIST}{bound.pk}/"))
    assert "王伟" in page
    assert "Insured in" not in page
    assert "Act for this member" not in page
    assert shown_looks() == [("own", "binding name")]


def test_a_binding_is_nobody_elses(bound: ProxyBinding) -> None:
    stranger, hers = citizen(STRANGER), f"{LIST}{bound.pk}/"
    assert stranger.get(hers).status_code == 404
    assert stranger.post(hers, {"answer": "no"}).status_code == 404
    stranger.post(f"{hers}unbind/")
    bound.refresh_from_db()
    assert bound.ended_at is None
    assert shown_looks() == []


@pytest.mark.parametrize(("made", "why"), [(world.RESIDENT, Ended.BY_PRINCIPAL), (ELDER, Ended.BY_MEMBER)])
def test_either_side_ends_it_after_one_more_question(bound: ProxyBinding, made: ground.Made, why: Ended) -> None:
    ground.account_of(ELDER)
    client, address = citizen(made), f"{LIST}{bound.pk}/unbind/"
    assert "from this moment on" in words(client.get(address))
    bound.refresh_from_db()
    assert bound.ended_at is None, "asking ends nothing"
    for _ in range(2):  # pressed twice
        assert client.post(address).url == f"{LIST}{bound.pk}/"
    bound.refresh_from_db()
    assert bound.ended == why
    page = words(client.get(f"{LIST}{bound.pk}/"))
    assert text(f"proxy_ended.{why}", "en") in page
    assert "Insured in" not in page, "the power is over"
    assert client.get(address).url == f"{LIST}{bound.pk}/"
    ended = text("mail.proxy_ended", "zh", principal="王伟", member="李秀英")
    assert (messages_to(mail_of(world.RESIDENT))[0], messages_to(mail_of(ELDER))[0]) == (ended, ended)


def test_the_member_says_yes(asked: ProxyBinding) -> None:
    elder, address = citizen(ELDER), f"{LIST}{asked.pk}/"
    assert "王伟 waits for your answer" in words(elder.get(LIST))
    assert text("proxy_act.see_enrolment", "en") in words(elder.get(address))
    assert elder.post(address, {"answer": "yes"}).url == address
    asked.refresh_from_db()
    assert asked.bound_at is not None
    assert "Act for this member" in words(citizen(world.RESIDENT).get(LIST))
    again = elder.post(address, {"answer": "yes"})
    assert (again.status_code, text("proxy_refused.over", "en") in words(again)) == (422, True)


def test_the_member_says_no_and_the_principal_takes_back(asked: ProxyBinding, principal: Account) -> None:
    assert citizen(ELDER).post(f"{LIST}{asked.pk}/", {"answer": "no"}).status_code == 302
    asked.refresh_from_db()
    assert asked.ended == Ended.DECLINED
    again = binding_ask(named=named(ELDER), by=principal, at=datetime.now(UTC))
    mine = citizen(world.RESIDENT)
    assert "Take the request back?" in words(mine.get(f"{LIST}{again.pk}/unbind/"))
    mine.post(f"{LIST}{again.pk}/unbind/")
    again.refresh_from_db()
    assert again.ended == Ended.WITHDRAWN


def test_an_answer_that_is_neither_is_not_a_yes(asked: ProxyBinding) -> None:
    assert citizen(ELDER).post(f"{LIST}{asked.pk}/", {"answer": "perhaps"}).status_code == 404
    asked.refresh_from_db()
    assert (asked.bound_at, asked.ended_at) == (None, None)


def test_an_ask_that_was_not_answered_in_time_cannot_be_any_more(asked: ProxyBinding) -> None:
    ProxyBinding.objects.filter(pk=asked.pk).update(asked_at=datetime.now(UTC) - timedelta(days=8))
    late = citizen(ELDER).post(f"{LIST}{asked.pk}/", {"answer": "yes"})
    assert (late.status_code, text("proxy_refused.over", "en") in words(late)) == (422, True)


def test_only_verified_citizens_where_the_service_is(bound: ProxyBinding) -> None:
    assert "/accounts/log-in/" in Client().get(LIST).url
    assert citizen(STRANGER, verified=False).get(LIST).url == "/en/accounts/identity/"
    iranian = Client()
    iranian.post("/en/accounts/log-in/", {"login": "citizen@example.org", "password": world.PASSWORD})
    refused = iranian.get(LIST)
    assert (refused.status_code, "no family proxy service where you are insured" in words(refused)) == (403, True)
    assert log_in("counter").get(LIST).status_code == 403
