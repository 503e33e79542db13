"""Consents at the counter: an adult dependant lets their main insured ask, and takes it back (S2.8)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from daftar.portal.accounts.models import Account
from daftar.portal.affiliation.models import Dependency
from daftar.portal.entitlement.consents import NotGiven, consent_end, consent_give, mains_of
from daftar.portal.entitlement.models import DependantConsent
from daftar.portal.notices.selectors import newest_messages
from daftar.portal.people.models import Person
from daftar.terms.texts import LANGUAGES, text
from tests.portal import world
from tests.portal.acting import log_in, own_entitlement, told, words

pytestmark = pytest.mark.usefixtures("portal")
on_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

SPOUSE, MAIN = world.LAPSED, world.PAID  # an adult with a mobile, and on whom she depends
BOTH = {"dependant": world.LAPSED, "main": world.PAID}


@pytest.fixture(autouse=True)
def married(portal: None) -> None:
    depends(SPOUSE, MAIN)


def depends(dependant: tuple[str, str, str], main: tuple[str, str, str], *, starts: date = date(2020, 1, 1)) -> None:
    Dependency.objects.create(
        key=world.key_of(dependant),
        main_key=world.key_of(main),
        starts=starts,
        relation="spouse",
        office=world.OFFICE,
        recorded_at=world.long_ago(),
    )


def page_of(client: Client, made: tuple[str, str, str], language: str = "en") -> str:
    """The address of somebody's consents."""
    url = client.post(f"/{language}/console/people/", {"type": made[0], "number": made[1]}).url
    return f"{url}consents/"


def link(client: Client, page: str, ending: str = "") -> str:
    """The address that the page offers for its only main insured."""
    content = client.get(page).content.decode()
    (found,) = {part.split('"')[0] for part in content.split('href="') if part.startswith(page) and part != page}
    assert found.endswith("end/") is bool(ending)
    return found


def give(**change: object) -> NotGiven | None:
    by = Account.objects.get(user="counter")
    values = {"dependant": world.key_of(SPOUSE), "main": world.key_of(MAIN), "by": by, "at": timezone.now()} | change
    return consent_give(**values)


def test_a_consent_is_recorded_opens_the_entitlement_and_ends_at_the_counter() -> None:
    assert own_entitlement(Client(), SPOUSE, mobile=MAIN[2]).status_code == 422
    client = log_in("counter")
    page = page_of(client, SPOUSE)
    assert SPOUSE[1] not in page
    address = link(client, page)
    assert {"نمونه", "آزمایشی", "Spouse"} <= set(words(client.get(address)).split())
    assert client.post(address).status_code == 422, "the dependant was not seen"
    assert not DependantConsent.objects.exists()
    assert client.post(address, {"agrees": "on"}).url == f"{page}?done=given"
    assert "The consent is on record" in words(client.get(f"{page}?done=given"))
    assert newest_messages()[0].message.text == text("sms.consent_given", "fa", main="رضا نمونه")
    assert own_entitlement(Client(), SPOUSE, mobile=MAIN[2]).status_code == 302
    ending = link(client, page, "end/")
    assert client.post(ending).status_code == 422
    assert client.post(ending, {"seen": "on"}).url == f"{page}?done=ended"
    assert "The consent has ended" in words(client.get(f"{page}?done=ended"))
    assert client.post(ending, {"seen": "on"}).url == f"{page}?done=over"
    assert own_entitlement(Client(), SPOUSE, mobile=MAIN[2]).status_code == 422
    row = DependantConsent.objects.get()
    assert (row.given_by, row.office, row.ended_by) == ("counter", world.OFFICE, "counter")
    consents = [each for each in told(world.key_of(SPOUSE)) if each.mode == "consent"]
    assert [(each.outcome, each.account, each.office, each.acting_for) for each in consents] == [
        (outcome, "counter", world.OFFICE, world.key_of(MAIN)) for outcome in ("given", "ended")
    ]


def test_pressed_twice_it_is_recorded_once() -> None:
    client = log_in("counter")
    address = link(client, page_of(client, SPOUSE))
    client.post(address, {"agrees": "on"})
    again = client.post(address, {"agrees": "on"})
    assert again.status_code == 422
    assert text("consent_refused.stands", "en") in words(again)
    assert DependantConsent.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():  # and the table refuses what got past it
        values = {"given_on": date.today(), "given_at": timezone.now(), "given_by": "x"}
        DependantConsent.objects.create(key=world.key_of(SPOUSE), main_key=world.key_of(MAIN), **values)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"dependant": world.CHILD}, NotGiven.MINOR),
        ({"main": world.PENSIONER}, NotGiven.NOT_DEPENDANT),
        ({"dependant": world.SILENT}, NotGiven.NOT_DEPENDANT),
        ({"dependant": world.PAID, "main": world.LAPSED}, NotGiven.NOT_DEPENDANT),
    ],
)
def test_what_is_no_consent_is_refused_and_journalled(change: dict[str, tuple[str, str, str]], why: NotGiven) -> None:
    keys = {side: world.key_of(made) for side, made in (BOTH | change).items()}
    assert give(**keys) == why
    (row,) = [each for each in told(keys["dependant"]) if each.mode == "consent"]
    assert (row.outcome, row.reason, row.acting_for) == ("refused", why, keys["main"])
    assert not DependantConsent.objects.exists()


@pytest.mark.parametrize("side", [SPOUSE, MAIN])
def test_nobody_consents_for_the_dead_nor_to_them(side: tuple[str, str, str]) -> None:
    Person.objects.filter(key=world.key_of(side)).update(death_date=date.today())
    assert give() == NotGiven.NOT_DEPENDANT
    assert mains_of(world.key_of(SPOUSE), timezone.now()) == []


@on_sqlite
def test_a_consent_of_an_earlier_dependency_gives_way_to_a_new_one() -> None:
    give()
    yesterday, today = date.today() - timedelta(days=1), date.today()
    DependantConsent.objects.update(given_on=yesterday)
    Dependency.objects.filter(key=world.key_of(SPOUSE)).update(ends=yesterday)
    depends(SPOUSE, MAIN, starts=today)
    assert [(each.relation, each.stands) for each in mains_of(world.key_of(SPOUSE), timezone.now())] == [
        ("spouse", False)
    ]
    client = log_in("counter")
    content = client.get(page_of(client, SPOUSE)).content.decode()
    assert ("opens nothing now" in content, "End this consent" in content, "Record a consent" in content) == (True,) * 3
    assert give() is None
    assert DependantConsent.objects.filter(ended_at=None).count() == 1
    by = Account.objects.get(user="counter")
    keys = {"dependant": world.key_of(SPOUSE), "main": world.key_of(MAIN)}
    assert consent_end(**keys, by=by, at=timezone.now())


@on_sqlite
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_whose_dependency_has_ended_can_be_ended_and_is_not_revived(language: str) -> None:
    give()
    ended = Dependency.objects.filter(key=world.key_of(SPOUSE))
    ended.update(ends=date.today() - timedelta(days=1))
    client = log_in("counter")
    page = page_of(client, SPOUSE, language)
    shown = words(client.get(page))
    assert "رضا نمونه" in shown
    assert ("opens nothing now" in shown) is (language == "en")
    assert client.post(link(client, page, "end/"), {"seen": "on"}).url == f"{page}?done=ended"
    assert "رضا نمونه" not in words(client.get(page))
    ended.update(ends=None)  # a correction of the facts
    assert own_entitlement(Client(), SPOUSE, mobile=MAIN[2]).status_code == 422


def test_what_lets_ask_is_on_the_page_to_be_ended_whichever_row_of_the_dependency_it_rests_on() -> None:
    """A source may send a dependency again under a later day beside the first: the consent given before holds."""
    give()
    DependantConsent.objects.update(given_on=date.today() - timedelta(days=30))
    depends(SPOUSE, MAIN, starts=date.today() - timedelta(days=10))
    assert own_entitlement(Client(), SPOUSE, mobile=MAIN[2]).status_code == 302
    (seen,) = mains_of(world.key_of(SPOUSE), timezone.now())
    assert (seen.relation, seen.stands) == ("spouse", True)
    assert give() == NotGiven.STANDS
    client = log_in("counter")
    page = page_of(client, SPOUSE)
    assert client.post(link(client, page, "end/"), {"seen": "on"}).url == f"{page}?done=ended"
    assert own_entitlement(Client(), SPOUSE, mobile=MAIN[2]).status_code == 422


@on_sqlite
def test_a_minor_and_who_depends_on_nobody_are_said_so() -> None:
    client = log_in("counter")
    page = page_of(client, world.CHILD)
    assert "no consent is needed" in words(client.get(page))
    assert "Record a consent" not in words(client.get(page))
    assert "nobody's dependant" in words(client.get(page_of(client, world.PENSIONER)))


@on_sqlite
def test_somebody_elses_handle_is_no_main_insured() -> None:
    client = log_in("counter")
    page, stranger = page_of(client, SPOUSE), page_of(client, world.PENSIONER)
    handle = stranger.split("/")[-3]
    for ending in ("", "end/"):
        assert client.get(f"{page}{handle}/{ending}").status_code == 404
        assert client.get(f"{page}unknown/{ending}").status_code == 404


@on_sqlite
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_and_notices_speak_three_languages(language: str) -> None:
    client = log_in("counter")
    page = page_of(client, SPOUSE, language)
    shown = [words(client.get(each)) for each in (f"{page}?done=given", f"{page}?done=ended", link(client, page))]
    give()
    shown += [words(client.get(page)), words(client.get(link(client, page, "end/")))]
    assert [("onsent" in each, "insured" in each) for each in shown] == [(language == "en",) * 2] * 5
