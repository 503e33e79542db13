"""Pages of the enrolment, by Django's client: the wizard, bad input, two tabs, whose it is, what one is enrolled in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.affiliation.models import Affiliation
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.stepping import fields_of
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import seal_fields
from daftar.terms.cases import CaseState
from tests.portal import binding, world
from tests.portal import enrolment_ground as ground
from tests.portal.acting import told, words
from tests.portal.enrolment_ground import ELDER, GANZHOU, RESIDENT, TODAY, YINGTAN

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)


@pytest.fixture
def principal(portal: str) -> Account:
    return ground.build()


@pytest.fixture
def client(principal: Account) -> Client:
    return ground.logged_in(principal)


@pytest.fixture
def elder(principal: Account) -> ProxyBinding:
    return ground.bound(principal)


@pytest.fixture
def address(client: Client, elder: ProxyBinding) -> str:
    """A draft for the elder that has just been begun."""
    return ground.begin(client, elder)


def test_the_wizard_from_the_first_page_to_the_number(client: Client, elder: ProxyBinding) -> None:
    address = ground.begin(client, elder, "zh")
    first = words(client.get(address, follow=True))
    assert "该人员可以进行城乡居民参保登记" in first
    assert "居民单位信息" in first
    answer = ground.send(client, address, "unit", pooling_region=YINGTAN, unit="360600910001")
    assert answer.url == f"{address}resident/"
    second = words(client.get(answer.url))
    assert "李秀英" in second
    assert ELDER[1] not in second
    answer = ground.send(client, address, "resident", **RESIDENT)
    assert f'value="{TODAY}"' in client.get(answer.url).content.decode()
    answer = ground.send(client, address, "enrolment", category="ordinary_resident", starts=TODAY.isoformat())
    assert "已核验" in words(client.get(answer.url))
    assert client.post(answer.url, {"next": "1"}).url == f"{address}check/"
    last = words(client.get(f"{address}check/"))
    for shown in (
        "鹰潭市",
        "示例街道",
        "示例社区居民委员会",
        "居民户口",
        "月湖区示例路2号",
        "普通居民",
        "由经办人员审核",
    ):
        assert shown in last
    answer = ground.hand_in(client, address)
    assert answer.url == f"{address}submitted/"
    for _reload in range(2):
        done = words(client.get(answer.url))
        assert "申报成功" in done
        assert ground.case_at(address).number[:4] in done


def test_what_is_sent_is_saved_and_gone_on_with(client: Client, elder: ProxyBinding, address: str) -> None:
    values = {"pooling_region": YINGTAN, "unit": "360600910002", "later": "1"}
    assert ground.send(client, address, "unit", **values).url == "/en/enrolments/?saved"
    assert "What you filled in is kept" in words(client.get("/en/enrolments/?saved"))
    assert ground.begin(client, elder) == address
    assert client.get(address).url == f"{address}resident/"
    assert 'value="360600910002"' in client.get(f"{address}unit/").content.decode()
    assert Case.objects.count() == 1


def test_units_are_found_by_a_word_of_their_name(client: Client, address: str) -> None:
    page = words(ground.send(client, address, "unit", pooling_region=GANZHOU, query="xiangyang", find="1"))
    assert "向阳村民委员会" in page
    assert "示例社区居民委员会" not in page
    assert CaseStep.objects.filter(act="save").count() == 0
    nothing = words(ground.send(client, address, "unit", pooling_region=GANZHOU, query="长城", find="1"))
    assert "No unit was found there" in nothing


CHOOSE = "یکی از این‌ها را برگزینید"
BAD = (
    ("unit", {"pooling_region": YINGTAN}, CHOOSE),
    ("unit", {"pooling_region": YINGTAN, "unit": "360700910001"}, CHOOSE),
    ("unit", {"pooling_region": "cn-990000", "unit": "x" * 5000}, CHOOSE),
    ("resident", RESIDENT | {"residence_address": "路" * 500}, "بلندتر"),
    ("resident", RESIDENT | {"phone": "12345"}, "این شماره تلفن نیست"),
    ("resident", RESIDENT | {"household_address": "a\u202eb"}, "نویسه"),
    ("resident", RESIDENT | {"ethnicity": "none"}, CHOOSE),
    ("enrolment", {"category": "newborn", "starts": "2026-13-45"}, "این تاریخ نیست"),
    ("enrolment", {"category": "newborn", "starts": str(TODAY)}, "سن"),
    ("enrolment", {"category": "prince", "starts": str(TODAY)}, CHOOSE),
    ("enrolment", {"category": "ordinary_resident", "starts": str(TODAY - timedelta(days=1))}, "زودتر از"),
    ("enrolment", {"category": "ordinary_resident", "starts": str(TODAY + timedelta(days=999))}, "دیرتر از"),
)
GOOD = {"unit": {"pooling_region": YINGTAN, "unit": "360600910001"}, "resident": RESIDENT, "enrolment": {}}


def test_bad_input_is_told_at_the_field_and_stays(client: Client, address: str) -> None:
    address = address.replace("/en/", "/fa/")
    for page, good in GOOD.items():
        before = fields_of(ground.case_at(address))
        for _page, values, complaint in (each for each in BAD if each[0] == page):
            response = ground.send(client, address, page, **values)
            assert response.status_code == 422, values
            assert "error-summary" in response.content.decode(), values
            assert complaint in words(response), values
            for typed in {"12345", "2026-13-45"} & set(values.values()):
                assert f'value="{typed}"' in response.content.decode()
        assert fields_of(ground.case_at(address)) == before
        ground.send(client, address, page, **good)


def test_who_is_insured_already_is_told_before_anything_is_filled_in(client: Client, principal: Account) -> None:
    response = client.post("/zh/enrolments/", {"proxy": "no"})
    assert response.status_code == 409
    assert "该人员在参保日期或之后已有参保关系" in words(response)
    assert not Case.objects.exists()
    row = told(principal.person_key)[-1]
    assert (row.mode, row.outcome, row.reason) == ("enrolment_check", "not_allowed", "already_enrolled")


def test_pressing_twice_and_going_back_hand_in_once(client: Client, address: str) -> None:
    ground.fill(client, address)
    version = ground.case_at(address).version
    for _press in range(2):
        assert client.post(f"{address}check/", {"version": version}).url == f"{address}submitted/"
    assert CaseStep.objects.filter(act="submit").count() == 1
    for page in ("", "unit/", "resident/", "enrolment/", "materials/", "check/"):
        assert client.get(address + page).url == f"{address}submitted/"
    assert ground.send(client, address, "unit", pooling_region=GANZHOU, unit="360700910001").url.endswith("submitted/")


def test_pressing_twice_is_also_once_where_the_rules_decide(client: Client, address: str) -> None:
    ground.registered(ELDER, GANZHOU)
    ground.fill(client, address, region=GANZHOU)
    version = ground.case_at(address).version
    for _press in range(2):
        assert client.post(f"{address}check/", {"version": version}).url == f"{address}submitted/"
    assert Affiliation.objects.filter(key=world.key_of(ELDER)).count() == 1


def test_of_two_tabs_the_older_one_is_told_and_loses_nothing(client: Client, address: str) -> None:
    version = ground.case_at(address).version
    ground.send(client, address, "unit", pooling_region=YINGTAN, unit="360600910001")
    values = {"version": version, "pooling_region": YINGTAN, "unit": "360600910002"}
    response = client.post(f"{address}unit/", values)
    assert response.status_code == 422
    assert "changed since you opened this page" in words(response)
    assert 'value="360600910002" class="form-check-input" id="id_unit_0" checked' in response.content.decode()
    assert fields_of(ground.case_at(address))["unit"] == "360600910001"
    assert ground.send(client, address, "unit", pooling_region=YINGTAN, unit="360600910002").status_code == 302
    assert fields_of(ground.case_at(address))["unit"] == "360600910002"


def test_a_version_that_is_none_changes_nothing(client: Client, address: str) -> None:
    for version in ("", "x", "9" * 40, "-1", "٣"):
        values = {"version": version, "pooling_region": YINGTAN, "unit": "360600910001"}
        assert client.post(f"{address}unit/", values).status_code == 422, version
    assert fields_of(ground.case_at(address)) == {}


def test_pages_come_in_their_order(client: Client, address: str) -> None:
    for page in ("resident", "enrolment", "materials", "check"):
        assert client.get(f"{address}{page}/").url == f"{address}unit/"
    assert ground.send(client, address, "check").url == f"{address}unit/"
    assert client.get(f"{address}submitted/").url == address


def test_the_case_is_its_writers_and_for_the_person_chosen(client: Client, elder: ProxyBinding, address: str) -> None:
    client.post("/en/proxies/whom/", {"whom": "oneself"})
    response = client.get(f"{address}unit/")
    assert response.status_code == 409
    assert "It is for 李秀英" in words(response)
    client.post("/en/proxies/whom/", {"whom": str(elder.pk), "next": address})
    assert client.get(f"{address}unit/").status_code == 200
    stranger = ground.logged_in(binding.account_of(binding.STRANGER))
    assert stranger.get(f"{address}unit/").status_code == 404
    assert stranger.get("/en/enrolments/00000000000000/").status_code == 404


def test_only_where_residents_are_enrolled_and_only_the_verified(principal: Account) -> None:
    iranian = Client()
    iranian.post("/en/accounts/log-in/", {"login": "citizen@example.org", "password": world.PASSWORD})
    assert iranian.get("/en/enrolments/").status_code == 403
    assert "/accounts/log-in/" in Client().get("/en/enrolments/").url
    principal.verified_at, principal.verified_by = None, ""
    principal.save()
    assert "identity" in ground.logged_in(principal).get("/en/enrolments/insurance/").url


def test_a_binding_that_is_over_stops_the_wizard(client: Client, elder: ProxyBinding, address: str) -> None:
    ProxyBinding.objects.filter(pk=elder.pk).update(ended_at=datetime.now(UTC), ended="by_member", ended_by="c-elder")
    response = ground.send(client, address, "unit", pooling_region=YINGTAN, unit="360600910001")
    assert response.status_code == 409
    assert fields_of(ground.case_at(address)) == {}
    assert client.get(f"{address}unit/").status_code == 409


def test_the_register_is_read_to_the_person_and_not_to_the_proxy(
    client: Client, address: str, principal: Account
) -> None:
    sealed = {"given_name": "秀英", "family_name": "李", "residence_address": "秘密路9号", "mobile": "+8613800000011"}
    for made in (ELDER, world.RESIDENT):
        row = seal_fields(settings.SECRETS, "person", sealed)
        Person.objects.filter(key=world.key_of(made)).update(sealed=row)
    ground.send(client, address, "unit", pooling_region=YINGTAN, unit="360600910001")
    assert "秘密路9号" not in client.get(f"{address}resident/").content.decode()
    Affiliation.objects.filter(key=principal.person_key).delete()
    client.post("/en/proxies/whom/", {"whom": "oneself"})
    own = ground.begin(client)
    ground.send(client, own, "unit", pooling_region=YINGTAN, unit="360600910001")
    assert "秘密路9号" in client.get(f"{own}resident/").content.decode()


def test_what_was_sent_back_says_why_and_goes_on(client: Client, address: str) -> None:
    from daftar.portal.cases import review_services
    from daftar.terms.cases import SendBackReason

    ground.fill(client, address)
    ground.hand_in(client, address)
    case, reviewer, now = ground.case_at(address), ground.reviewers()[f"{YINGTAN}-1"], datetime.now(UTC)
    review_services.case_claim(case=case.pk, by=reviewer, at=now)
    reasons = [SendBackReason.DATA_DIFFER]
    review_services.case_send_back(case=case.pk, reasons=reasons, note="门牌号不同", by=reviewer, at=now)
    page = words(client.get(address, follow=True))
    assert "Form and material say different things" in page
    assert "门牌号不同" in page
    ground.send(client, address, "resident", **RESIDENT | {"residence_address": "月湖区示例路3号"})
    assert ground.hand_in(client, address).url.endswith("/submitted/")
    assert ground.case_at(address).state == CaseState.SUBMITTED


def test_what_somebody_is_enrolled_in(client: Client, elder: ProxyBinding, address: str, principal: Account) -> None:
    """«个人参保信息» (S3.20): the member's, «本人» by default, and on record with both persons."""
    assert "未查询到参保信息" in words(client.get("/zh/enrolments/insurance/"))
    ground.registered(ELDER, GANZHOU)
    ground.fill(client, address, region=GANZHOU)
    ground.hand_in(client, address)
    page = words(client.get("/zh/enrolments/insurance/"))
    for shown in (
        "李秀英",
        "城乡居民基本医疗保险",
        "正常",
        "普通居民",
        "示例社区居民委员会",
        "赣州市",
        "参保登记视同缴费",
    ):
        assert shown in page
    assert ELDER[1] not in page
    row = told(world.key_of(ELDER))[-1]
    assert (row.mode, row.ground, row.acting_for) == ("enrolments", "proxy", principal.person_key)
    client.post("/en/proxies/whom/", {"whom": "oneself"})
    own = words(client.get("/zh/enrolments/insurance/"))
    assert "王伟" in own
    assert "李秀英" not in own.rpartition("个人参保信息")[2]


def test_states_of_an_insurance(client: Client, principal: Account) -> None:
    """参保状态, of today."""
    spell = Affiliation.objects.get(key=principal.person_key)
    as_it_was = {"starts": spell.starts, "ends": None, "kind": "resident"}
    for changes, state in (
        ({}, "normal"),
        ({"ends": TODAY - timedelta(days=1)}, "ended"),
        ({"starts": TODAY + timedelta(days=9)}, "not in force yet"),
        ({"kind": "compulsory"}, "suspended"),
    ):
        Affiliation.objects.filter(key=principal.person_key).update(**as_it_was | changes)
        world.rebuild([world.RESIDENT], datetime.now(UTC))
        assert state in words(client.get("/en/enrolments/insurance/"))
