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
