"""What opens or closes does so on the day of its own country, whose midnight is not that of the other (S4.4, S4.6)."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.portal import directory_world
from tests.portal.directory_world import institution, pooling

ADDRESS = "/en/directory/institutions/"
YESTERDAY, TODAY = date(2026, 11, 22), date(2026, 11, 23)
MOMENTS = {
    "no midnight yet": datetime(2026, 11, 22, 15, 59, tzinfo=UTC),
    "midnight in China": datetime(2026, 11, 22, 16, 0, tzinfo=UTC),
    "an hour later": datetime(2026, 11, 22, 17, 0, tzinfo=UTC),
    "midnight in Iran": datetime(2026, 11, 22, 20, 30, tzinfo=UTC),
}
LISTED = {
    "no midnight yet": {"H-closes", "IR-closes", "X-closes"},
    "midnight in China": {"H-opens", "IR-closes", "X-closes"},
    "an hour later": {"H-opens", "IR-closes", "X-closes"},
    "midnight in Iran": {"H-opens", "IR-opens", "X-opens"},
}
"""In a country that is not known nothing opens before it does everywhere."""


@pytest.fixture(autouse=True)
def directory(portal: str) -> None:
    directory_world.build()
    for code, region in (("H", "cn-360602"), ("IR", "ir-8-120"), ("X", "elsewhere")):
        institution(f"{code}-opens", "日日诊所", region, opened_on=TODAY)
        institution(f"{code}-closes", "日日诊所", region, closed_on=YESTERDAY)
    pooling("cn-360602", "月湖区", "cn-360602", opened_on=TODAY)
    pooling("ir-8", "استان تهران", "ir-8", opened_on=TODAY)


@pytest.fixture(params=MOMENTS)
def moment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENTS[request.param])
    return str(request.param)


@pytest.mark.parametrize("few", [0, 300], ids=["by terms", "by words"])
def test_an_institution_is_listed_from_the_first_to_the_last_day_of_its_country(
    moment: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", few)
    found = {each.row.code for each in Client().get(ADDRESS, {"name": "日日"}).context["shown"]}
    browsed = {each.row.code for each in Client().get(ADDRESS).context["shown"]}
    file = b"".join(Client().get(f"{ADDRESS}file/")).decode("utf-8-sig")
    fetched = {row["code"] for row in csv.DictReader(io.StringIO(file))}
    assert found == {code for code in browsed if "-opens" in code or "-closes" in code} == LISTED[moment]
    assert {code for code in fetched if "-opens" in code or "-closes" in code} == LISTED[moment]


def test_a_pooling_region_opens_on_the_day_of_its_country(moment: str) -> None:
    begun = {"cn-360602": "H-opens" in LISTED[moment], "ir-8": "IR-opens" in LISTED[moment]}
    listed = Client().get("/en/directory/pooling-regions/")
    file = b"".join(Client().get("/en/directory/pooling-regions/file/")).decode("utf-8-sig")
    told = {row["code"]: row["open"] == "true" for row in csv.DictReader(io.StringIO(file))}
    for code, is_open in begun.items():
        assert (code in listed.context["opened"]) == told[code] == is_open
        assert Client().get(f"/en/directory/pooling-regions/{code}/").context["open"] == is_open
    assert listed.content.decode().count("Not open yet") == 2 - sum(begun.values())
