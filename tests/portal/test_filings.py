"""One's own filings (S4.10, S4.16): who may read them, what they say, and that each look is recorded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from daftar.portal.directory.models import Region
from daftar.portal.filing.models import Filing
from daftar.portal.filing.scope import counted, counted_on
from daftar.portal.journal.models import Inquiry
from daftar.portal.people.models import Person
from daftar.terms.periods import Period
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.filing_ground import BEIJING, NINGBO, YINGTAN, ZHEJIANG, filed, logged_in, regions, resident

pytestmark = pytest.mark.usefixtures("portal")
PAGE = "/en/filings/"
NUMBER = world.RESIDENT[1]


@pytest.fixture
def citizen(portal: str) -> Client:
    """The resident, whose mailbox alone is confirmed."""
    regions()
    resident()
    return logged_in()


def looks() -> list[Inquiry]:
    """The journal's rows about the resident's filings."""
    return [row for row in told(world.key_of(world.RESIDENT)) if row.mode == "filings"]


def test_the_nine_columns_of_the_guide(citizen: Client) -> None:
    filed("f1", ends=date(2027, 12, 31))
    page = words(citizen.get("/zh/filings/"))
    columns = "姓名 社会保障号 社保卡状态 参保地 险种 备案类型 就医地 备案起止日期 备案状态"
    assert columns in page
    masked = f"{NUMBER[:3]}•••••••••••••{NUMBER[-2:]}"
    category = "异地长期居住人员 跨省异地长期居住人员"
    assert f"王伟 {masked} 正常 江西省 鹰潭市 城乡居民基本医疗保险 {category} 浙江省 杭州市" in page
    assert "2026年1月1日至2027年12月31日 有效" in page


def test_seeing_it_means_that_it_arrived_and_the_hint_stands_at_the_foot(citizen: Client) -> None:
    filed("f1")
    page = words(citizen.get("/zh/filings/"))
    assert "能在这里查询到您的备案信息，说明备案成功" in page
    assert page.index("无卡人员要在参保地申领社会保障卡") > page.index("备案成功")


def test_where_it_counts_stands_below_and_the_whole_number_nowhere(citizen: Client) -> None:
    filed("f1")
    content = citizen.get(PAGE).content.decode()
    assert "Where the filing for 浙江省 杭州市 counts" in content
    assert "or to its capital opens all institutions of both" in content
    assert NUMBER not in content
    assert "王芳" not in content, "the contact is not among what the query shows"
    assert "13800000002" not in content


def test_nothing_filed_is_said_with_what_to_do(citizen: Client) -> None:
    page = words(citizen.get(PAGE))
    assert "No filing of yours has reached us." in page
    assert "file at the office of your insured place" in page
    assert "12393" in page
    assert "must apply for the social-security card" in page
    assert [(row.outcome, row.shown) for row in looks()] == [("nothing_filed", "filings")]


def test_each_look_is_journalled_and_shown_to_the_person(citizen: Client) -> None:
    filed("f1")
    citizen.get(PAGE)
    (row,) = looks()
    assert (row.ground, row.account, row.channel, row.outcome) == ("own", "resident", "web", "shown")
    assert row.shown == "name number card_state filings"
    from daftar.portal.accounts.models import Account

    Account.objects.filter(user="resident").update(verified_at=world.long_ago(), verified_by="mobile")
    citizen.post("/en/looks/", {"who": "all"})
    page = words(citizen.get("/en/looks/"))
    assert "own filings of treatment elsewhere" in page
    assert "Name, Identity number, state of the card, the filings" in page.replace("name,", "Name,")


def test_what_cannot_be_journalled_is_not_shown(citizen: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    filed("f1")

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("no journal")

    monkeypatch.setattr("daftar.portal.filing.services.looks_record", fail)
    client = Client(raise_request_exception=False)
    client.cookies = citizen.cookies
    response = client.get(PAGE)
    assert response.status_code == 500
    assert "杭州市" not in words(response)
    assert looks() == []


def test_nobody_reads_the_filings_of_somebody_else(citizen: Client) -> None:
    filed("f1", key=world.key_of(world.PAID))
    assert "No filing of yours" in words(citizen.get(PAGE))


def test_only_citizens_of_an_insurer_with_the_service_read_them(citizen: Client) -> None:
    assert "/accounts/log-in/" in Client().get(PAGE).url
    for user in ("counter", "hospital", "headquarters"):
        assert log_in(user).get(PAGE).status_code == 403
    response = logged_in("lapsed@example.org").get(PAGE)
    assert response.status_code == 403
    assert "is not filed" in words(response)
    assert Inquiry.objects.filter(mode="filings").count() == 0


def test_a_verified_citizen_reads_them_too() -> None:
    regions()
    resident(verified=True)
    filed("f1")
    assert "浙江省 杭州市" in words(logged_in().get(PAGE))


def test_the_menu_leads_there_where_the_service_is(citizen: Client) -> None:
    assert 'href="/en/filings/"' in citizen.get("/en/").content.decode()
    assert 'href="/en/filings/"' not in logged_in("lapsed@example.org").get("/en/").content.decode()


@pytest.mark.parametrize(
    ("state", "starts", "ends", "shown", "counts"),
    [
        ("in_force", -10, None, "In force", True),
        ("in_force", -10, 0, "In force", True),
        ("in_force", -10, -1, "Ended", False),
        ("in_force", 5, 20, "Not begun yet", True),
        ("", -10, None, "In force", True),
        ("cancelled", -10, 100, "Cancelled", False),
        ("ended", -10, None, "Ended", False),
        ("99-审批", -10, None, "99-审批", False),
    ],
)
def test_the_state_is_the_sources_word_or_what_the_days_make_of_it(
    citizen: Client, state: str, starts: int, ends: int | None, shown: str, counts: bool
) -> None:
    from daftar.terms.jurisdictions import jurisdictions

    today = jurisdictions()["cn"].today(datetime.now(UTC))
    last = None if ends is None else today + timedelta(days=ends)
    filed("f1", state=state, starts=today + timedelta(days=starts), ends=last)
    page = words(citizen.get(PAGE))
    assert shown in page.split("State of the filing")[1].split("Where")[0]
    assert ("Where the filing for" in page) is counts


def test_categories_are_told_in_the_words_of_their_time(citizen: Client) -> None:
    filed("f1", category="referral", starts=date(2019, 5, 1), ends=date(2019, 6, 1))
    page = words(citizen.get("/zh/filings/"))
    assert "异地转诊人员" in page
    assert "跨省临时外出就医人员" not in page
    Filing.objects.update(starts=date(2024, 5, 1), ends=date(2024, 6, 1))
    assert "异地转诊人员 跨省临时外出就医人员" in words(citizen.get("/zh/filings/"))


def test_words_and_regions_that_nobody_knows_are_shown_as_they_came(citizen: Client) -> None:
    filed("f1", category="RLOC_REA 02", destination_region="cn-999999", insurance_type="777", insured_region="")
    Person.objects.update(card_state="")
    page = words(citizen.get(PAGE))
    for shown in ("RLOC_REA 02", "cn-999999", "777", "江西省 鹰潭市", "not on record", "does not know this place"):
        assert shown in page


def test_a_filing_keeps_the_names_of_regions_that_are_gone(citizen: Client) -> None:
    """S4.10: but what is withdrawn is filed to no more, so nothing is said of where it counts."""
    filed("f1", destination_region=NINGBO)
    Region.objects.filter(code__in=[NINGBO, YINGTAN]).update(withdrawn=True)
    page = words(citizen.get(PAGE))
    for shown in ("江西省 鹰潭市", "浙江省 宁波市", "does not know this place"):
        assert shown in page
    assert "cn-" not in page


COUNTY = "cn-330203"


@pytest.mark.parametrize("gone", [{NINGBO}, {ZHEJIANG}])
def test_where_a_county_counts_is_unknown_when_a_region_above_it_is_gone(citizen: Client, gone: set[str]) -> None:
    """It is no provincial level of its own (S4.7), be it withdrawn or still to come."""
    assert counted_on(COUNTY, date(2026, 1, 1)).province.code == ZHEJIANG
    filed("f1", destination_region=COUNTY)
    Region.objects.filter(code__in=gone).update(withdrawn=True)
    assert counted_on(COUNTY, date(2026, 1, 1)) is None
    assert counted(COUNTY, Period(date(2026, 1, 1), None)) == []
    page = words(citizen.get(PAGE))
    assert "浙江省 宁波市 海曙区" in page
    assert "does not know this place" in page
    Region.objects.filter(code__in=gone).delete()
    assert counted_on(COUNTY, date(2026, 1, 1)) is None


def test_all_filings_newest_first_and_none_that_was_withdrawn(citizen: Client) -> None:
    filed("f1", starts=date(2020, 1, 1), ends=date(2021, 1, 1), destination_region=NINGBO)
    filed("f2", starts=date(2025, 1, 1), destination_region=BEIJING)
    filed("f3", starts=date(2026, 1, 1), withdrawn=True)
    page = words(citizen.get(PAGE))
    assert page.index("北京市") < page.index("浙江省 宁波市")
    assert "杭州市" not in page
    assert "Filing to 北京市 is enough" in page


def test_a_long_ago_filing_in_persian_and_an_empty_directory(citizen: Client) -> None:
    filed("f1", starts=date(1900, 1, 1))
    Region.objects.all().delete()
    page = words(citizen.get("/fa/filings/"))
    assert "۱۱ دی ۱۲۷۸" in page
    assert "cn-330100" in page


def test_a_person_whom_the_registry_has_lost_sees_nothing(citizen: Client) -> None:
    filed("f1")
    Person.objects.filter(key=world.key_of(world.RESIDENT)).update(withdrawn=True)
    assert "No filing of yours" in words(citizen.get(PAGE))
