"""Bindings at the counter: two persons who are both here, ended by either; commitments that staff look through."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.directory.models import Office
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import Ended, ProxyBinding, Way
from daftar.portal.proxy.selectors import PAGE
from daftar.portal.proxy.services import binding_ask
from daftar.portal.proxy.standing import stands
from daftar.rules import proxy as law
from daftar.terms.texts import LANGUAGES, text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.binding import CHILD, ELDER, HANGZHOU, STRANGER, YINGTAN, bind_child, named

pytestmark = pytest.mark.usefixtures("portal")
on_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)


@pytest.fixture
def principal() -> Account:
    return ground.people()


@pytest.fixture
def client(principal: Account) -> Client:
    return log_in("counter-cn")


def at(client: Client, made: tuple[str, str, str]) -> str:
    """The address of the page about somebody's bindings."""
    url = client.post("/en/console/people/", {"type": made[0], "number": made[1]}).url
    return f"{url}bindings/"


def choose(client: Client, page: str, made: tuple[str, str, str]) -> object:
    """Type the number of the member."""
    return client.post(f"{page}new/", {"type": made[0], "number": made[1]})


SEEN = {"kinship": "parent", "both": "on"}


def test_two_persons_who_are_here_are_bound(client: Client, principal: Account) -> None:
    page = at(client, world.RESIDENT)
    confirm = choose(client, page, ELDER).url
    assert ELDER[1] not in confirm
    assert {"王伟", "李秀英"} <= set(words(client.get(confirm)).split())
    answer = client.post(confirm, SEEN)
    assert answer.url == f"{page}?done=bound"
    made = ProxyBinding.objects.get()
    assert (made.way, made.principal, made.member) == (Way.COUNTER, principal.person_key, world.key_of(ELDER))
    assert (made.checked_by, made.office) == ("counter-cn", world.OFFICE)
    assert stands(made, datetime.now(UTC))
    shown = words(client.get(answer.url))
    for each in ("The two are bound", "李秀英", text("proxy_way.counter", "en")):
        assert each in shown
    again = client.post(confirm, SEEN)  # pressed twice, or the way back after it
    assert again.status_code == 422
    assert "These two are bound already." in words(again)
    assert ProxyBinding.objects.count() == 1


def test_either_of_the_two_ends_it(client: Client, principal: Account) -> None:
    for made, side, why in (
        (world.RESIDENT, principal.person_key, Ended.BY_PRINCIPAL),
        (ELDER, world.key_of(ELDER), Ended.BY_MEMBER),
    ):
        client.post(choose(client, at(client, world.RESIDENT), ELDER).url, SEEN)
        bound = ProxyBinding.objects.get(ended_at=None)
        page = at(client, made)
        end = f"{page}{bound.pk}/end/"
        assert end in client.get(page).content.decode()
        assert client.post(end, {}).status_code == 422
        assert client.post(end, {"seen": "on"}).url == f"{page}?done=ended"
        bound.refresh_from_db()
        assert (bound.ended, bound.ended_by, side in (bound.principal, bound.member)) == (why, "counter-cn", True)
        assert client.post(end, {"seen": "on"}).url == f"{page}?done=over"
        assert "was over already" in words(client.get(f"{page}?done=over"))


@on_sqlite
def test_nobody_ends_the_binding_of_others(client: Client) -> None:
    client.post(choose(client, at(client, world.RESIDENT), ELDER).url, SEEN)
    bound = ProxyBinding.objects.get()
    page = at(client, STRANGER)
    assert client.post(f"{page}{bound.pk}/end/", {"seen": "on"}).status_code == 404
    assert client.get(f"{page}{uuid4()}/end/").status_code == 404
    bound.refresh_from_db()
    assert bound.ended_at is None


@on_sqlite
def test_what_is_refused_is_said_at_the_counter(client: Client, principal: Account) -> None:
    page = at(client, world.RESIDENT)
    assert "same person" in words(choose(client, page, world.RESIDENT))
    unknown = (ELDER[0], world.cn_id(77, date(1990, 1, 1)), "")
    assert text("reason.unknown_person", "en") in words(choose(client, page, unknown))
    assert [row.outcome for row in told(world.key_of(unknown))] == ["not_found"]
    confirm = choose(client, page, ELDER).url
    assert client.post(confirm, {"kinship": "parent"}).status_code == 422
    assert client.post(confirm, {"kinship": "boss", "both": "on"}).status_code == 422
    Person.objects.filter(key=world.key_of(ELDER)).update(insured_region=HANGZHOU)
    assert "in a region that has it" in words(client.post(confirm, SEEN))
    assert "insured in another country" in words(choose(client, page, world.PENSIONER))
    Person.objects.filter(key=world.key_of(ELDER)).update(insured_region=YINGTAN, death_date=date(2026, 1, 1))
    assert "has died" in words(client.post(confirm, SEEN))
    assert not ProxyBinding.objects.exists()
    assert told(world.key_of(ELDER))[-1].outcome == "refused"


@on_sqlite
def test_a_waiting_ask_gives_way_to_the_counter(
    client: Client, principal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daftar.portal.proxy.persons.may_confirm_themself", lambda region, day: True)
    ground.account_of(ELDER)
    asked = binding_ask(named=named(ELDER), by=principal, at=datetime.now(UTC))
    page = at(client, world.RESIDENT)
    assert "Answer or take back at the counter" in words(client.get(page))
    client.post(choose(client, page, ELDER).url, SEEN)
    asked.refresh_from_db()
    assert asked.ended == Ended.WITHDRAWN
    assert ProxyBinding.objects.get(ended_at=None).way == Way.COUNTER


@on_sqlite
def test_names_beside_are_journalled_too(client: Client, principal: Account) -> None:
    client.post(choose(client, at(client, world.RESIDENT), ELDER).url, SEEN)
    before = len(told(world.key_of(ELDER)))
    client.get(at(client, world.RESIDENT))
    look = told(world.key_of(ELDER))[before:]
    assert [(row.mode, row.shown, row.account, row.reason) for row in look] == [
        ("counter", "name binding", "counter-cn", "named_beside")
    ]


def office(region: str) -> None:
    """The counter's office lies in a region; headquarters see China."""
    Office.objects.filter(code=world.OFFICE).update(region=region)
    Account.objects.filter(user="headquarters").update(jurisdiction="cn")


@pytest.fixture
def child_bound(principal: Account) -> ProxyBinding:
    """A child bound by the letter today; it stays under 16 for a while."""
    born = date.today() - timedelta(days=4000)
    Person.objects.filter(key=world.key_of(CHILD)).update(birth_date=born)
    return bind_child(principal, datetime.now(UTC), born=born)


@on_sqlite
@pytest.mark.parametrize(("region", "sees"), [(YINGTAN, True), ("cn-360000", True), (HANGZHOU, False), ("", False)])
def test_staff_see_the_commitments_of_their_region(child_bound: ProxyBinding, region: str, sees: bool) -> None:
    office(region)
    shown = words(log_in("counter-cn").get("/en/console/commitments/"))
    assert ("王小明" in shown) is sees
    assert ("no list can be shown" in shown) is (region == "")
    looks = [row for row in told(world.key_of(CHILD)) if row.reason == "listed"]
    assert [(row.account, row.shown, row.mode) for row in looks] == [("counter-cn", "name binding", "proxy")] * sees


@on_sqlite
def test_headquarters_see_all_and_go_no_further(child_bound: ProxyBinding) -> None:
    office("")
    client = log_in("headquarters")
    shown = client.get("/en/console/commitments/")
    for each in ("王小明", "王伟", "户口簿", "Letter 2026-11"):
        assert each in words(shown)
    assert 'name="open"' not in shown.content.decode()
    assert client.post("/en/console/commitments/", {"open": str(child_bound.pk)}).status_code == 403
    assert log_in("hotline").get("/en/console/commitments/").status_code == 403


@on_sqlite
def test_a_counter_goes_on_to_the_childs_page(child_bound: ProxyBinding) -> None:
    office(YINGTAN)
    client = log_in("counter-cn")
    answer = client.post("/en/console/commitments/", {"open": str(child_bound.pk)})
    assert "王小明" in words(client.get(answer.url))
    for wrong in ("", "x", str(uuid4())):
        assert client.post("/en/console/commitments/", {"open": wrong}).status_code == 404
    office(HANGZHOU)
    assert client.post("/en/console/commitments/", {"open": str(child_bound.pk)}).status_code == 404


@on_sqlite
def test_what_is_over_is_shown_when_asked_for_and_pages_follow_each_other(
    principal: Account, child_bound: ProxyBinding
) -> None:
    office("")
    now = datetime.now(UTC)
    child_bound.ended_at, child_bound.ended = now, Ended.BY_MEMBER
    child_bound.save()
    client = log_in("headquarters")
    assert "王小明" not in words(client.get("/en/console/commitments/"))
    copies = []
    for number in range(PAGE):
        copy = ProxyBinding.objects.get(pk=child_bound.pk)
        copy.pk, copy.asked_at = uuid4(), now - timedelta(minutes=number + 1)
        copies.append(copy)
    ProxyBinding.objects.bulk_create(copies)
    first = client.get("/en/console/commitments/?show=all").content.decode()
    assert first.count("王小明") == PAGE
    second = client.get(f"/en/console/commitments/?show=all&before={copies[-2].pk}").content.decode()
    assert str(copies[-2].pk) in first
    assert second.count("王小明") == 1
    assert client.get("/en/console/commitments/?before=x").status_code == 404


@on_sqlite
def test_the_pages_speak_three_languages(client: Client) -> None:
    page = at(client, world.RESIDENT)
    heads = {"fa": "چه کسی نماینده کیست", "zh": "亲情代办关系", "en": "Who acts for whom"}
    for language in LANGUAGES:
        assert heads[language] in words(client.get(page.replace("/en/", f"/{language}/")))


def test_the_law_of_the_demo_knows_no_own_confirmation() -> None:
    """The counter is the way for those without photograph: another way is not offered by default."""
    assert not law.may_confirm_themself(["cn", "cn-360000", YINGTAN], date(2026, 11, 22))
