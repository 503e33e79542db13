"""Pages while acting for a member: the switch, the banner, what each page lets a proxy do (S3.3, S3.20)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from daftar.portal.accounts.models import Account, Role
from daftar.portal.journal.models import Inquiry
from daftar.portal.proxy.acting import CHOICE, Acting
from daftar.portal.proxy.acts import TABLE, Act
from daftar.portal.proxy.ending import binding_end
from daftar.portal.proxy.models import ProxyBinding
from daftar.portal.proxy.own_account import PAGES
from daftar.portal.proxy.pages import for_oneself
from daftar.portal.proxy.whom_form import WhomForm
from daftar.terms.texts import LANGUAGES, text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import words
from tests.portal.binding import CHILD, ELDER, STRANGER, bind_face, mail_of

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]

SWITCH = "/en/proxies/whom/"
NEITHER = {"proxy:switch", "account_identity", "account_identity_code", "cases:material"}
"""Citizens' pages that are for nobody: choosing for whom, proving who one is, a file by the case's own right."""

NO_CERTIFICATES = "Certificates are not issued where you are insured."
"""Where proxies are, they are not; so that comes first."""

SAMPLES = {"binding": uuid4(), "code": "0000000000000000", "reference": "x", "material": uuid4()}


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


def citizen(made: ground.Made) -> Client:
    """Somebody of Jiangxi, logged in."""
    client = Client()
    client.post("/en/accounts/log-in/", {"login": mail_of(made), "password": world.PASSWORD})
    return client


def choose(client: Client, whom: object, back: str = "/en/entitlement/own/") -> object:
    """By the switch."""
    return client.post(SWITCH, {"whom": str(whom), "next": back})


@pytest.fixture
def acting(bound: ProxyBinding) -> Client:
    """王伟, acting for 李秀英."""
    client = citizen(world.RESIDENT)
    assert choose(client, bound.pk).url == "/en/entitlement/own/"
    return client


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All addresses by their names."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry
        else:
            yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else space)


def citizens_pages() -> dict[str, Act | None]:
    """Pages that let citizens alone in, and the act of the table that each of them is."""
    return {
        name: getattr(entry.callback, "act", None)
        for name, entry in addresses(get_resolver())
        if getattr(entry.callback, "roles", None) == {Role.CITIZEN}
    }


def pages_of(act: Act) -> list[str]:
    """Names of the pages that are this act; those of accounts lie below, and entitlement is open to everybody."""
    apart = {Act.CHANGE_ACCOUNT: sorted(PAGES), Act.ASK_ENTITLEMENT: ["entitlement:own"]}
    return apart.get(act) or [name for name, its in citizens_pages().items() if its == act]


def address_of(name: str) -> str:
    """Some address of a page; what it names need not be there."""
    entry = dict(addresses(get_resolver()))[name]
    kinds = {key: type(converter).__name__ for key, converter in entry.pattern.converters.items()}
    made = {"UUIDConverter": uuid4(), "IntConverter": 7, "StringConverter": "x", "SlugConverter": "x"}
    made["CaseNumberInAddress"] = "1" * 14
    with override("en"):
        return reverse(name, kwargs={key: SAMPLES.get(key, made[kind]) for key, kind in kinds.items()})


def test_every_citizens_page_says_which_act_of_the_table_it_is() -> None:
    pages = citizens_pages()
    assert {name for name, act in pages.items() if act is None} - PAGES == NEITHER & pages.keys()
    assert set(TABLE) - set(pages.values()) - {Act.CHANGE_ACCOUNT} == {Act.ASK_ENTITLEMENT}


@pytest.mark.parametrize("act", sorted(act for act in Act if not TABLE[act].allowed))
def test_what_a_proxy_may_not_do_is_refused_on_each_of_its_pages(acting: Client, act: Act) -> None:
    sentence = text("proxy.not_allowed", "en", act=text(f"proxy_act.{act}", "en"))
    before = Inquiry.objects.count()
    assert pages_of(act)
    for name in pages_of(act):
        for response in (acting.get(address_of(name)), acting.post(address_of(name), {"answer": "yes"})):
            if response.status_code != 405:
                refused = any(each in unescape(words(response)) for each in (sentence, NO_CERTIFICATES))
                assert (response.status_code, refused) == (403, True), name
    assert Inquiry.objects.count() == before, "nothing was read or done"


@pytest.mark.parametrize("act", sorted(act for act in Act if TABLE[act].allowed))
def test_what_a_proxy_may_do_is_not_refused(acting: Client, act: Act) -> None:
    assert pages_of(act)
    for name in pages_of(act):
        assert "A family proxy cannot do this" not in words(acting.get(address_of(name)))


def test_a_page_for_oneself_is_one_that_the_table_refuses() -> None:
    with pytest.raises(ValueError, match="for_whom"):
        for_oneself(Act.FILE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_names_the_member_until_one_switches_back(acting: Client, language: str) -> None:
    for address in (f"/{language}/", f"/{language}/directory/offices/", f"/{language}/looks/"):
        assert 'class="acting"' in acting.get(address).content.decode()
        assert "李秀英" in words(acting.get(address))
    choose(acting, "oneself")
    assert 'class="acting"' not in acting.get(f"/{language}/").content.decode()


def test_the_switch_offers_oneself_and_who_can_be_acted_for(bound: ProxyBinding) -> None:
    client = citizen(world.RESIDENT)
    page = client.get("/en/entitlement/own/").content.decode()
    assert f'name="whom" value="{bound.pk}"' in page
    assert 'name="whom" value="oneself" aria-current="true"' in page
    binding_end(binding=bound.pk, side=bound.member, by=ground.account_of(ELDER), at=datetime.now(UTC))
    assert str(bound.pk) not in client.get("/en/entitlement/own/").content.decode()
    assert 'class="whom"' not in Client().get("/en/entitlement/own/").content.decode()


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org", "javascript:alert(1)", "/" + "x" * 3000, ""]
)
def test_the_switch_leads_nowhere_but_to_a_page_of_ours(acting: Client, address: str) -> None:
    assert choose(acting, "oneself", address).url == "/en/"


def test_only_ones_own_binding_can_be_chosen(bound: ProxyBinding) -> None:
    ground.account_of(STRANGER)
    stranger = citizen(STRANGER)
    assert choose(stranger, bound.pk).status_code == 409
    assert choose(stranger, "x").status_code == 404
    assert 'class="acting"' not in stranger.get("/en/").content.decode()
    assert "/accounts/log-in/" in choose(Client(), bound.pk).url


def test_a_binding_that_ends_meanwhile_is_told_before_anything_is_done(acting: Client, bound: ProxyBinding) -> None:
    binding_end(binding=bound.pk, side=bound.member, by=ground.account_of(ELDER), at=datetime.now(UTC))
    sent = acting.post("/en/entitlement/own/", {})
    assert (sent.status_code, text("proxy.over", "en") in words(sent)) == (409, True)
    assert acting.get("/en/entitlement/own/").status_code == 200, "«本人» from now on"


def test_a_page_that_is_for_nobody_tells_it_too(acting: Client, bound: ProxyBinding) -> None:
    binding_end(binding=bound.pk, side=bound.member, by=ground.account_of(ELDER), at=datetime.now(UTC))
    assert text("proxy.over", "en") in words(acting.get("/en/"))
    assert text("proxy.over", "en") not in words(acting.get("/en/"))


def test_a_form_that_was_shown_for_somebody_else_does_nothing(acting: Client, bound: ProxyBinding) -> None:
    assert f'name="page_for" value="{bound.pk}"' in acting.get("/en/entitlement/own/").content.decode()
    choose(acting, "oneself")
    sent = acting.post(
        "/en/entitlement/own/", {"page_for": str(bound.pk)}, headers={"referer": "http://testserver/en/x/"}
    )
    assert sent.status_code == 409
    assert "Somebody else is chosen now" in words(sent)
    assert 'href="http://testserver/en/x/"' in sent.content.decode()


def test_the_childs_name_is_not_in_the_session(acting: Client) -> None:
    assert {"李秀英", ELDER[1], CHILD[1]}.isdisjoint(map(str, acting.session.items()))


def wizard(bound: ProxyBinding, acting: Acting | None, **values: str) -> tuple[WhomForm, SimpleNamespace]:
    """«是否代办» as a wizard of the principal's asks it."""
    user = Account.objects.get(person_key=bound.principal)
    request = SimpleNamespace(user=user, session={}, acting=acting, page_for="")
    return WhomForm(QueryDict("&".join(f"{key}={value}" for key, value in values.items())), request=request), request


def test_whether_one_acts_is_asked_inside_a_form(bound: ProxyBinding) -> None:
    form, request = wizard(bound, None, proxy="yes", member=str(bound.pk))
    assert form.is_valid()
    assert form.choose()
    assert (request.acting.member_name, request.page_for) == ("李秀英", str(bound.pk))
    assert request.session == {CHOICE: str(bound.pk)}
    form, request = wizard(bound, request.acting, proxy="no")
    assert form["proxy"].initial == "yes", "what was chosen by the switch is what the form begins with"
    assert form.is_valid()
    assert form.choose()
    assert (request.acting, request.page_for, request.session) == (None, "oneself", {})


def test_yes_wants_a_member_and_only_one_of_ones_own(bound: ProxyBinding) -> None:
    for values in ({"proxy": "yes"}, {"proxy": "yes", "member": str(uuid4())}):
        form, _ = wizard(bound, None, **values)
        assert not form.is_valid()
        assert list(form.errors) == ["member"]


def test_a_binding_that_ends_while_the_form_is_filled_in_chooses_nobody(bound: ProxyBinding) -> None:
    form, request = wizard(bound, None, proxy="yes", member=str(bound.pk))
    assert form.is_valid()
    binding_end(binding=bound.pk, side=bound.member, by=ground.account_of(ELDER), at=datetime.now(UTC))
    assert not form.choose()
    assert (request.acting, request.session) == (None, {})
    assert text("proxy.over", "en") in form.errors["member"]
