"""Headquarters mend regions, add entries and withdraw them, with history; a newer row of a feed wins (issue 4)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from daftar.feeds.load import load_file
from daftar.portal.directory.mending import Taken, entry_add
from daftar.portal.directory.models import (
    DirectoryMend,
    Institution,
    InstitutionTerm,
    Office,
    PoolingRegion,
    Region,
    Unit,
)
from daftar.terms.texts import text
from tests.portal import entries
from tests.portal.acting import log_in, words
from tests.portal.test_mending import LIST, directory, mend  # noqa: F401 - the fixture

pytestmark = pytest.mark.usefixtures("directory")

HOSPITAL = f"{LIST}institutions/{entries.HOSPITAL}/"
WITHDRAW = f"{LIST}institutions/withdraw/{entries.HOSPITAL}/"
NEW = {"code": "H36060300009", "name": "余江区第二医院", "region": entries.COUNTY, "cross_region": "on"}
WHY = {"reason": "letter 12"}


def region(code: str) -> str:
    """Address of the form of a region."""
    return f"{LIST}regions/mend/{code}/"


def add(kind: str, client: Client | None = None, /, **values: str) -> object:
    """Send the form of a new entry."""
    return (client or log_in("headquarters")).post(f"{LIST}{kind}/add/", WHY | values)


def test_a_region_is_mended_with_its_history() -> None:
    client = log_in("headquarters")
    response = mend(client, region(entries.CITY), name="鹰潭新市")
    assert response.url == f"{LIST}regions/{entries.CITY}/?done=mended"
    row = Region.objects.get(code=entries.CITY)
    assert (row.name, row.parent, row.files_to) == ("鹰潭新市", entries.PROVINCE, "")
    page = words(client.get(response.url))
    for told in ("鹰潭新市", "headquarters", "call of the hospital", "江西省 (cn-360000)", "City"):
        assert told in page
    assert entries.CITY in words(client.get(LIST, {"kind": "regions", "q": "yingtanx"}))
    assert "鹰潭新市" in words(Client().get("/zh/directory/regions/"))


@pytest.mark.parametrize(
    ("code", "values", "field", "said"),
    [
        (entries.CITY, {"parent": "cn-999999"}, "parent", "unknown_region"),
        (entries.CITY, {"parent": ""}, "parent", "required"),
        (entries.CITY, {"parent": entries.COUNTY}, "parent", "region_not_above"),
        (entries.CITY, {"parent": entries.CITY}, "parent", "region_not_above"),
        (entries.CITY, {"level": "county"}, "level", "region_not_below"),
        (entries.CITY, {"files_to": "cn-9"}, "files_to", "unknown_region"),
        (entries.CITY, {"files_to": entries.CITY}, "files_to", "filings_do_not_stop"),
        (entries.CITY, {"files_to": entries.PROVINCE}, "files_to", "filings_do_not_stop"),
        (entries.CITY, {"files_to": entries.ELSEWHERE}, "files_to", "filings_do_not_stop"),
        (entries.PROVINCE, {"files_to": entries.PROVINCE}, "files_to", "filings_do_not_stop"),
        (entries.PROVINCE, {"level": "country", "parent": "cn"}, "parent", "region_not_above"),
    ],
)
def test_a_tree_of_regions_stays_a_tree(code: str, values: dict[str, str], field: str, said: str) -> None:
    client = log_in("headquarters")
    response = mend(client, region(code), **values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert text(f"input.{said}", "en") in words(response)
    assert mend(client, region(code), level="planet").status_code == 422
    assert not DirectoryMend.objects.exists()


def test_filings_stop_where_the_law_of_today_says_so_and_only_there() -> None:
    """S4.8: what a feed has sent otherwise is put right with the next mend."""
    client = log_in("headquarters")
    assert mend(client, region(entries.ELSEWHERE), files_to="").status_code == 302
    assert mend(client, region(entries.ELSEWHERE), files_to=entries.ELSEWHERE).status_code == 302
    district = {"code": "cn-110101", "name": "东城区", "level": "county", "parent": entries.ELSEWHERE}
    assert add("regions", client, **district, files_to=entries.ELSEWHERE).status_code == 302
    Region.objects.filter(code=entries.PROVINCE).update(files_to=entries.PROVINCE)
    refused = mend(client, region(entries.PROVINCE), name="江西")
    assert list(refused.context["form"].errors) == ["files_to"]
    assert mend(client, region(entries.PROVINCE), name="江西", files_to="").status_code == 302


def test_an_institution_is_added_and_found_at_once() -> None:
    client = log_in("headquarters")
    assert client.get(f"{LIST}institutions/add/").status_code == 200
    response = add("institutions", client, **NEW)
    assert response.url == f"{LIST}institutions/{NEW['code']}/?done=added"
    page = words(client.get(response.url))
    for told in ("The entry is added", "added by headquarters", "letter 12", "余江区第二医院"):
        assert told in page
    listed = Client().get("/api/v1/institutions", {"q": "dieryiyuan"}).json()["institutions"]
    assert [each["code"] for each in listed] == [NEW["code"]]
    kept = DirectoryMend.objects.get()
    assert (kept.before, kept.after["name"], kept.by) == ({}, NEW["name"], "headquarters")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("regions", {"code": "cn-360699", "name": "新区", "level": "county", "parent": entries.CITY}),
        ("offices", {"code": "cn-h360699", "name": "新中心", "kind": "handling", "region": entries.CITY}),
        ("pooling-regions", {"code": "360699", "name": "新统筹区", "region": entries.CITY}),
    ],
)
def test_entries_of_every_kind_are_added_withdrawn_and_put_back(kind: str, values: dict[str, str]) -> None:
    client, code = log_in("headquarters"), values["code"]
    assert add(kind, client, **values).status_code == 302
    assert code in words(client.get(LIST, {"kind": kind}))
    assert client.post(f"{LIST}{kind}/withdraw/{code}/", WHY).url == f"{LIST}{kind}/{code}/?done=withdrawn"
    assert code not in words(client.get(LIST, {"kind": kind}))
    page = words(client.get(f"{LIST}{kind}/{code}/"))
    assert "This entry is withdrawn" in page
    assert values["name"] in page
    shown = client.get(f"{LIST}{kind}/add/", {"code": code}).context["form"]
    assert {name: shown[name].value() for name in values} == values
    assert add(kind, client, **values).status_code == 302
    steps = client.get(f"{LIST}{kind}/{code}/").context["steps"]
    assert [each.act for each in steps] == ["added", "withdrawn", "added"]


@pytest.mark.parametrize(
    ("kind", "values", "field", "said"),
    [
        ("institutions", {"code": entries.HOSPITAL}, "code", "code_taken"),
        ("institutions", {"code": "H 1"}, "code", "not_a_code"),
        ("institutions", {"code": "H" * 33}, "code", "too_long"),
        ("institutions", {"code": ""}, "code", "required"),
        ("institutions", {"region": "cn-9"}, "region", "unknown_region"),
        ("institutions", {"reason": ""}, "reason", "required"),
        ("offices", {"code": "cn-x"}, "kind", ""),
    ],
)
def test_what_cannot_be_added_is_refused_at_its_field(kind: str, values: dict[str, str], field: str, said: str) -> None:
    response = add(kind, **(NEW | values))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert (text(f"input.{said}", "en") if said else "Choose one of these.") in words(response)
    assert not DirectoryMend.objects.exists()


def test_what_is_withdrawn_is_found_no_more_and_an_older_row_of_a_feed_does_not_bring_it_back(
    portal: str, tmp_path, secrets
) -> None:
    client = log_in("headquarters")
    assert client.post(WITHDRAW, {"reason": ""}).status_code == 422
    assert client.post(WITHDRAW, WHY).status_code == 302
    row = Institution.objects.get(code=entries.HOSPITAL)
    assert (row.withdrawn, row.name, row.words) == (True, "余江区人民医院", "")
    assert not InstitutionTerm.objects.filter(code=entries.HOSPITAL).exists()
    assert client.get(f"{LIST}institutions/mend/{entries.HOSPITAL}/").status_code == 404
    assert client.post(WITHDRAW, WHY).status_code == 404
    for turn, (recorded_at, stands) in enumerate(
        [(timezone.now() - timedelta(hours=1), False), (timezone.now(), True)]
    ):
        path = tmp_path / f"{turn}.csv"
        path.write_text(
            f"code,name,region,recorded_at\n{entries.HOSPITAL},新名,{entries.COUNTY},{recorded_at.isoformat()}\n",
            encoding="utf-8",
        )
        load_file(portal, secrets, "institutions", path, at=timezone.now())
        assert Institution.objects.filter(code=entries.HOSPITAL, withdrawn=False).exists() == stands
    page = client.get(HOSPITAL)
    assert [(each.act, each.by) for each in page.context["steps"]] == [("added", ""), ("withdrawn", "headquarters")]
    assert "brought by a feed" in words(page)


@pytest.mark.parametrize("code", [entries.COUNTY, entries.CITY, entries.PROVINCE])
def test_a_region_in_which_something_lies_is_not_withdrawn(code: str) -> None:
    response = log_in("headquarters").post(f"{LIST}regions/withdraw/{code}/", WHY)
    assert response.status_code == 422
    assert text("input.entry_not_empty", "en") in words(response)
    assert not Region.objects.get(code=code).withdrawn


def test_a_pooling_region_with_units_is_not_withdrawn() -> None:
    """Whoever is being enrolled in one of them would be insured nowhere."""
    address = f"{LIST}pooling-regions/withdraw/360600/"
    unit = Unit.objects.create(code="360602001", pooling_region="360600", name="示例村", recorded_at=timezone.now())
    client = log_in("headquarters")
    response = client.post(address, WHY)
    assert response.status_code == 422
    assert text("input.entry_not_empty", "en") in words(response)
    unit.withdrawn = True
    unit.save()
    assert client.post(address, WHY).status_code == 302
    assert PoolingRegion.objects.get(code="360600").withdrawn


def test_a_region_is_not_put_back_below_what_lies_in_it() -> None:
    Region.objects.filter(code=entries.CITY).update(withdrawn=True)
    Region.objects.filter(code=entries.COUNTY).update(level="city")
    values = {"code": entries.CITY, "name": "鹰潭市", "level": "county", "parent": entries.COUNTY}
    response = add("regions", **values)
    assert response.status_code == 422
    assert text("input.region_not_below", "en") in words(response)
    assert Region.objects.get(code=entries.CITY).withdrawn


@pytest.mark.parametrize("user", ["agency", "agency-reviewer", "counter", "citizen", "hospital"])
def test_offices_neither_mend_regions_nor_add_nor_withdraw(user: str) -> None:
    client = log_in(user)
    for address in (
        *(f"{LIST}?kind=regions", f"{LIST}regions/{entries.CITY}/", region(entries.CITY)),
        *(f"{LIST}institutions/add/", WITHDRAW),
    ):
        for asked in (client.get, client.post):
            assert asked(address).status_code in (302, 403)
    assert "Administrative divisions" not in words(client.get(LIST))
    assert not DirectoryMend.objects.exists()


@pytest.mark.parametrize("address", ["planets/add/", "institutions/withdraw/none/", "institutions/withdraw/%00/"])
def test_what_is_not_there(address: str) -> None:
    client = log_in("headquarters")
    assert client.get(LIST + address).status_code == 404
    assert client.get(f"{LIST}institutions/add/", {"code": "\x00"}).status_code == 200


def test_two_who_add_the_same_code_at_once_are_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has looked before the first was there."""
    told = {"kind": "offices", "code": "cn-h9", "reason": "r", "office": "", "at": timezone.now()}
    wanted = {"name": "甲", "kind": "handling", "region": entries.CITY}
    wanted |= {"department": "", "address": "", "phone": "", "postcode": ""}
    manager = type(Office._default_manager.all())
    entry_add(**told, wanted=wanted, by="one")
    monkeypatch.setattr(manager, "select_for_update", lambda self: self.none())
    with pytest.raises(Taken):
        entry_add(**told, wanted=wanted | {"name": "乙"}, by="two")
    assert Office.objects.get(code="cn-h9").name == "甲"
    assert [each.by for each in DirectoryMend.objects.all()] == ["one"]
