"""Places with an odd sound are found by it, as people there type it, among regions and institutions (S4.4, S4.6)."""

import pytest
from django.test import Client

from daftar.portal.directory.models import Region
from daftar.portal.directory.services import entry_save
from tests.portal.directory_world import RECORDED, institution

PLACES = {
    "cn-411100": "漯河市",
    "cn-140400": "长治市",
    "cn-341500": "六安市",
    "cn-510100": "成都市",
    "cn-510181": "都江堰市",
    "cn-510682": "什邡市",
    "cn-522701": "都匀市",
}
ODD = [
    *[("luohe", "cn-411100"), ("lh", "cn-411100"), ("changzhi", "cn-140400"), ("czs", "cn-140400")],
    *[("luan", "cn-341500"), ("liuan", "cn-341500"), ("las", "cn-341500"), ("duyun", "cn-522701")],
    *[("dy", "cn-522701"), ("shifang", "cn-510682"), ("chengdu", "cn-510100"), ("dujiangyan", "cn-510181")],
]


@pytest.fixture(autouse=True)
def directory(portal: str) -> None:
    entry_save(Region(code="cn", name="中国", level="country", parent="", recorded_at=RECORDED))
    for code, name in PLACES.items():
        entry_save(Region(code=code, name=name, level="city", parent="cn", recorded_at=RECORDED))
        institution(code.replace("cn-", "H"), f"{name}示例人民医院", code)


@pytest.mark.parametrize(("name", "few"), [("regions", 0), ("institutions", 0), ("institutions", 300)])
@pytest.mark.parametrize(("typed", "code"), ODD)
def test_a_place_is_found_by_how_it_is_called(
    name: str, few: int, typed: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among few institutions their words are looked through, among more their terms."""
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", few)
    response = Client().get(f"/en/directory/{name}/", {"name": typed})
    found = [each.row.code.replace("H", "cn-") for each in response.context["shown"]]
    assert found == [code]


@pytest.mark.parametrize("name", ["regions", "institutions"])
@pytest.mark.parametrize("typed", ["tahe", "zhangzhi", "doujiangyan", "chengdou"])
def test_and_not_by_what_a_dictionary_would_call_it(name: str, typed: str) -> None:
    assert list(Client().get(f"/en/directory/{name}/", {"name": typed}).context["shown"]) == []


@pytest.mark.parametrize("typed", ["luohe", "liuan", "lhs"])
def test_machines_find_it_too(typed: str) -> None:
    found = Client().get("/api/v1/institutions", {"q": typed}).json()
    assert len(found["institutions"]) == 1
