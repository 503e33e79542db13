"""Where more begins so than can be read, nothing is lost, or it is said that there may be more (ADR 0014)."""

import pytest
from django.test import Client

from daftar.portal.directory.models import Institution
from tests.portal import directory_world
from tests.portal.acting import words
from tests.portal.directory_world import institution, many

ADDRESS = "/en/directory/institutions/"


@pytest.fixture(autouse=True)
def directory(portal: str) -> None:
    directory_world.build()


def found(**asked: object) -> list[str]:
    """Codes on the page that a search brings."""
    response = Client().get(ADDRESS, asked)
    assert response.status_code == 200
    return [each.row.code for each in response.context["shown"]]


@pytest.mark.parametrize(
    "asked",
    [
        {"code": "H36", "name": "贵溪"},
        {"code": "H36068", "name": "示例"},
        {"code": "H3606", "name": "示"},
        {"name": "示例", "region": "cn-360600"},
        {"name": "示例", "region": "cn-360000", "level": "三级乙等"},
        {"name": "示例", "level": "三级甲等"},
        {"name": "医院", "code": "H"},
        {"name": "示例", "address": "示例巷", "region": "cn-360000"},
        {"name": "示例", "address": "rue 100%_!"},
        {"name": "نمونه", "region": "ir"},
        {"name": "示例", "region": "cn-360000", "code": "IR"},
    ],
)
def test_nothing_is_lost_where_more_terms_begin_so_than_are_read(
    asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daftar.portal.directory.begun.WINDOWS", (2, 3))
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", 0)
    monkeypatch.setattr("daftar.portal.directory.institutions.PLENTY", 0)
    many(8)
    institution("H36060299008", "示例医院", "cn-360602", address="Rue 100%_! 7")
    institution("H36060299009", "月湖区示例医院", "cn-360602", withdrawn=True)
    every = Institution.objects.filter(withdrawn=False)
    assert sorted(found(**asked)) == sorted(row.code for row in every if is_wanted(row, asked))


def is_wanted(row: Institution, asked: dict[str, str]) -> bool:
    """What a search means, looked up in one entry after the other."""
    return (
        asked.get("name", "") in row.name
        and row.code.startswith(asked.get("code", ""))
        and row.region.startswith(asked.get("region", "").rstrip("0"))
        and asked.get("level", row.level) == row.level
        and asked.get("address", "") in row.address.lower()
    )


@pytest.mark.parametrize(("code", "name", "first"), [("H", "广州", "广州"), ("H36060299", "shili", "#h36060299")])
def test_of_code_and_name_that_is_looked_up_which_fewer_begin_with(
    code: str, name: str, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", 0)
    monkeypatch.setattr(
        "daftar.portal.directory.institutions.begun", lambda terms, *_: asked.append(terms[0][1]) or iter(())
    )
    assert found(code=code, name=name) == []
    assert asked == [first]


LONG = "H360602990011234567890123456789"
"""A code of 31 letters; terms are kept of nineteen, so its siblings are led to as well."""


@pytest.mark.parametrize("few", [0, 300], ids=["by terms", "by words"])
@pytest.mark.parametrize("letters", [18, 19, 20, 21, 22, 30, 31, 32])
@pytest.mark.parametrize("field", ["code", "name", "q"])
def test_a_long_code_is_found_and_alone_as_soon_as_it_is_typed_whole(
    field: str, letters: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", few)
    for last in "AB":
        institution(LONG + last, f"月湖区示例{last}诊所", "cn-360602")
    typed = f"{LONG}A"[:letters]
    assert (codes_of_machines(typed) if field == "q" else found(**{field: typed})) == [
        LONG + last for last in ("A" if letters == 32 else "AB")
    ]


@pytest.mark.parametrize("few", [0, 300], ids=["by terms", "by words"])
@pytest.mark.parametrize("typed", ["示例月湖区江西省鹰潭市第一二三四五六七八乙", "shiliyuehuqujiangxishengyiyang"])
def test_a_long_name_is_compared_with_all_that_was_typed(typed: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", few)
    institution("H1", "示例月湖区江西省鹰潭市第一二三四五六七八甲诊所", "cn-360602")
    institution("H2", "示例月湖区江西省鹰潭市第一二三四五六七八乙诊所", "cn-360602")
    institution("H3", "示例月湖区江西省弋阳县诊所", "cn-360602")
    only = ["H2"] if typed[0] == "示" else ["H3"]
    assert found(name=typed) == codes_of_machines(typed) == only


def codes_of_machines(typed: str) -> list[str]:
    """Codes that `/api/v1/institutions?q=` tells."""
    return [each["code"] for each in Client().get("/api/v1/institutions", {"q": typed}).json()["institutions"]]


@pytest.mark.parametrize(("name", "said"), [("zhensuo", "2 found so far, and there may be more"), ("enmi", "Nothing")])
@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_where_not_all_could_be_looked_through_it_is_said(
    name: str, said: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never that nothing is found when there is something."""
    monkeypatch.setattr("daftar.portal.directory.begun.WINDOWS", (2,))
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", 0)
    monkeypatch.setattr("daftar.portal.directory.institutions.PLENTY", 0)
    monkeypatch.setattr("daftar.portal.directory.institutions.MOST_LOOKED_AT", 0)
    many(9)
    response = Client().get(f"/{language}/directory/institutions/", {"name": name})
    page = response.context["page"]
    assert (page.may_be_more, page.more) == (name == "zhensuo", False)
    if language == "en":
        assert said in words(response)
        assert ("not all of them were looked through" in words(response)) == (name == "zhensuo")
