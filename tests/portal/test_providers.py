"""Headquarters see which providers check and which do not, keep their mobiles, and suspend them (S2.11, S2.19)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from daftar.disclosure.senders import find_sender
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.directory.models import Office
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import raw_connection
from daftar.portal.monitoring.models import InquiryTally
from daftar.portal.organisations.models import AccessChange, Agreement, Organisation, ProviderPhone
from daftar.portal.organisations.selectors import may_ask, organisation_named
from tests.portal import world
from tests.portal.acting import words
from tests.portal.reviewing import entered

pytestmark = pytest.mark.usefixtures("portal")
only_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

PAGE = "/en/providers/"


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Tehran")).date()


def made(
    code: str, type_: str, *, province: str = "ir-8", ownership: str = "contracted", ends: int | None = None
) -> str:
    """A provider; its agreement ended `ends` days ago where that is given."""
    Organisation.objects.create(
        code=code,
        kind="provider",
        name=f"Provider {code}",
        province=province,
        provider_type=type_,
        ownership=ownership,
        recorded_at=world.long_ago(),
    )
    over = None if ends is None else today() - timedelta(days=ends)
    Agreement.objects.create(
        organisation=code, number="1", starts=date(2024, 1, 1), ends=over, recorded_at=world.long_ago()
    )
    return code


def asked(code: str, ago: int, number: int = 1, **other: str) -> None:
    """Inquiries of a provider as the watch counts them."""
    told = {"scope": "organisation", "channel": "web", "mode": "general", "outcome": "covered"} | other
    InquiryTally.objects.create(place=code, day=today() - timedelta(days=ago), asked=number, **told)


@pytest.fixture
def providers() -> None:
    """Four of Tehran, one of China; beside the world's hospital, which is of no province and never asked."""
    asked(made("busy", "physician"), 0, 5)
    asked("busy", 0, 2, channel="sms", outcome="not_covered")
    asked("busy", 3, 1)
    asked("busy", 2, 9, outcome="refused")
    asked("busy", 2, 9, mode="affiliation")
    asked(made("quiet", "pharmacy", ownership="owned"), 40, 3)
    made("never", "pharmacy", province="ir-1")
    asked(made("over", "clinic", ends=1), 5, 7)
    made("elsewhere", "hospital", province="cn-110000")


@pytest.fixture
def client() -> Client:
    return entered("headquarters")


def test_counts_and_list(providers: None, client: Client) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    assert {row.code: row.checking for row, _, _ in response.context["rows"]} == {
        **{"busy": "checks", "quiet": "silent", "never": "never"},
        **{"over": "barred", world.HOSPITAL: "never"},
    }
    total = response.context["sum"]
    assert (total.obliged, total.counts["checks"], total.share, total.silent, total.asked) == (4, 1, 25, 3, 15)
    (busy,) = [row for row, _, _ in response.context["rows"] if row.code == "busy"]
    assert (busy.asked, busy.days) == (8, 2)
    by_type = {each.label: each.counts["checks"] for each in response.context["tables"][0][2]}
    assert by_type == {"Physicians": 1, "Pharmacies": 0, "Clinics": 0, "not on record": 0}


@only_sqlite
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("days=90", {"busy", "quiet", "never", "over", world.HOSPITAL}),
        ("checking=silent", {"quiet"}),
        ("days=90&checking=checks", {"busy", "quiet"}),
        ("type=pharmacy&ownership=owned", {"quiet"}),
        ("name=PROVIDER+NE", {"never"}),
        ("name=ove", {"over"}),
        ("name=o%25r", set()),
    ],
)
def test_a_filter_stands_in_the_address(providers: None, client: Client, query: str, found: set[str]) -> None:
    response = client.get(f"{PAGE}?{query}")
    assert {row.code for row, _, _ in response.context["rows"]} == found
    assert response.context["page"].total == len(found)


@only_sqlite
@pytest.mark.parametrize(
    ("query", "status"),
    [
        *((query, 422) for query in ("days=8", "type=x", "province=ir-99", "order=asked", "name=%25")),
        *(("page=9", 404), ("page=x", 200)),
    ],
)
def test_an_address_that_says_nothing_sensible(client: Client, query: str, status: int) -> None:
    assert client.get(f"{PAGE}?{query}").status_code == status


@only_sqlite
def test_the_list_as_a_file_is_journalled(providers: None, client: Client) -> None:
    Organisation.objects.filter(code="busy").update(name='=HYPERLINK("x")')
    response = client.post(f"{PAGE}file/", {"order": "most", "checking": ""})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("code,name,type,ownership,province,checking,inquiries,days_asked")
    assert lines[1].startswith('busy,"\'=HYPERLINK(""x"")",physician,contracted,ir-8,checks,8,2,')
    assert len(lines) == 6
    assert Inquiry.objects.get(mode="providers_exported").reference == "5"
    assert client.post(f"{PAGE}file/", {"days": "8"}).url == f"{PAGE}?days=8"


@only_sqlite
def test_without_a_province_it_is_the_country_s_that_keeps_it(providers: None, client: Client) -> None:
    Office.objects.create(code="o-9", kind="branch", name="北京", region="cn-110000", recorded_at=world.long_ago())
    for code, office in (("kept", "o-9"), ("coded", "cn-77"), ("home", "ir-3"), ("nowhere", "")):
        Organisation.objects.filter(code=made(code, "clinic", province="")).update(office=office)
    account_make(
        user="boss-cn",
        password=world.PASSWORD,
        role=Role.INSURER_ADMIN,
        jurisdiction="cn",
        totp_secret=world.TOTP_SECRET,
    )
    chinese = entered("boss-cn")
    here = {row.code for row, _, _ in client.get(PAGE).context["rows"]}
    there = {row.code for row, _, _ in chinese.get(PAGE).context["rows"]}
    assert there == {"elsewhere", "kept", "coded"}
    assert here == {"busy", "quiet", "never", "over", world.HOSPITAL, "home", "nowhere"}
    assert "no province on record" in words(client.get(PAGE))
    for code in ("kept", "coded", "home"):
        pages = [f"{PAGE}{code}/", f"{PAGE}{code}/mobiles/", f"{PAGE}{code}/suspend/"]
        assert {client.get(page).status_code for page in pages} == {200 if code == "home" else 404}
        assert {chinese.get(page).status_code for page in pages} == {404 if code == "home" else 200}


def test_one_provider(providers: None, client: Client) -> None:
    shown = words(client.get(f"{PAGE}busy/"))
    assert "The provider may ask today" in shown
    assert "Inquiries: 8. Days with inquiries: 2. web: 6; SMS: 2" in shown
    ended = words(client.get(f"{PAGE}over/?days=365"))
    assert "The agreement has ended" in ended
    assert "refused on every channel" in ended
    assert client.get(f"{PAGE}elsewhere/").status_code == 404
    assert client.get(f"{PAGE}nobody/").status_code == 404


@only_sqlite
def test_why_a_provider_may_not_ask(providers: None, client: Client) -> None:
    later = today() + timedelta(days=3)
    Agreement.objects.filter(organisation="never").update(starts=later)
    assert "It begins on" in words(client.get(f"{PAGE}never/"))
    Agreement.objects.filter(organisation="never").update(starts=date(2024, 1, 1), purposes="certificates")
    assert "No agreement for entitlement to treatment" in words(client.get(f"{PAGE}never/"))


def asks_as(mobile: str) -> str | None:
    """For which provider a mobile may ask by SMS and USSD now."""
    with transaction.atomic():
        sender = find_sender(raw_connection(), settings.SECRETS.mobile_key(mobile), at=datetime.now(UTC))
    found = sender.provider(today())
    return found.organisation if found else None


def test_a_mobile_is_registered_and_ended(providers: None, client: Client) -> None:
    page, version = f"{PAGE}busy/mobiles/", AccessChange.objects.get(id=1).version
    refused = client.post(page, {"mobile": "12", "holder": "x"})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"mobile", "seen"}
    typed = {"mobile": "۰۹۱۲ ۰۰۰ ۰۰۷۷", "holder": "پذیرش", "seen": "on"}
    assert client.post(page, typed).url == f"{page}?done=registered"
    row = ProviderPhone.objects.get(organisation="busy")
    assert row.mobile_key == settings.SECRETS.mobile_key("+989120000077")
    assert b"989120000077" not in bytes(row.sealed)
    assert AccessChange.objects.get(id=1).version == version + 1
    assert asks_as("+989120000077") == "busy"
    shown = words(client.get(page))
    assert "+989120000077" in shown
    assert "پذیرش" in shown
    assert "registered for this provider already" in words(client.post(page, typed))
    end = f"{page}{row.mobile_key}/end/"
    assert client.get(end).status_code == 200
    assert client.post(end, {"when": "now"}).url == f"{page}?done=ended"
    row.refresh_from_db()
    assert row.ends == today() - timedelta(days=1)
    assert row.starts == row.ends
    assert client.get(end).status_code == 404
    assert asks_as("+989120000077") is None
    assert AccessChange.objects.get(id=1).version == version + 2
    assert client.post(page, typed).url == f"{page}?done=registered", "it may come back"
    row.refresh_from_db()
    assert (row.starts, row.ends) == (today(), None)
    told = Inquiry.objects.filter(mode="provider_phone").order_by("id").values_list("outcome", "reason", "reference")
    assert {("recorded", "registered", "busy"), ("ended", "lost", "busy"), ("shown", "shown", "busy")} == set(told)
    assert "Mobile ended at once: lost or misused" in words(client.get(f"{PAGE}busy/"))


@only_sqlite
def test_a_mobile_may_ask_until_the_end_of_the_day(client: Client) -> None:
    page = f"{PAGE}{world.HOSPITAL}/mobiles/"
    client.post(page, {"mobile": "09120000077", "seen": "on"})
    row = ProviderPhone.objects.get(organisation=world.HOSPITAL)
    client.post(f"{page}{row.mobile_key}/end/", {"when": "tomorrow"})
    row.refresh_from_db()
    assert row.ends == today()


def test_suspended_and_let_in_again(client: Client) -> None:
    page = f"{PAGE}{world.HOSPITAL}/suspend/"
    client.post(f"{PAGE}{world.HOSPITAL}/mobiles/", {"mobile": "09120000078", "seen": "on"})
    assert asks_as("+989120000078") == world.HOSPITAL
    version = AccessChange.objects.get(id=1).version
    assert client.post(page, {"suspended": "yes"}).status_code == 422
    assert client.post(page, {"suspended": "yes", "reason": "letter 12"}).url.endswith("?done=suspended")
    assert not may_ask(organisation_named(world.HOSPITAL), "eligibility", today())
    assert AccessChange.objects.get(id=1).version == version + 1
    assert entered("hospital").get("/en/entitlement/ask/").status_code == 403
    assert asks_as("+989120000078") is None
    shown = words(client.get(f"{PAGE}{world.HOSPITAL}/"))
    assert "The provider is suspended" in shown
    assert "letter 12" in shown
    assert client.post(page, {"suspended": "no", "reason": "paid"}).url.endswith("?done=let_in")
    assert may_ask(organisation_named(world.HOSPITAL), "eligibility", today())
    told = Inquiry.objects.filter(mode="suspension").order_by("id").values_list("outcome", "reference")
    assert list(told) == [("suspended", f"{world.HOSPITAL}: letter 12"), ("let_in", f"{world.HOSPITAL}: paid")]


@only_sqlite
@pytest.mark.parametrize("page", ["", "hospital-1/", "hospital-1/mobiles/", "hospital-1/suspend/"])
def test_headquarters_alone(page: str) -> None:
    assert entered("hospital").get(PAGE + page).status_code == 403
    assert entered("counter").get(PAGE + page).status_code == 403
