"""Staff mend entries of the public directory: who, when, before and after; nothing undone, nothing lost (issue 4)."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from daftar.feeds.load import load_file
from daftar.portal.directory.mending import Overtaken, entry_mend, entry_named, values_of
from daftar.portal.directory.models import DirectoryMend, Institution, Office, PoolingRegion
from daftar.portal.directory.timeline import timeline
from daftar.terms.texts import text
from tests.portal import entries, world
from tests.portal.acting import log_in, words

pytestmark = pytest.mark.usefixtures("directory")

LIST = "/en/console/directory/"
HOSPITAL = f"{LIST}institutions/{entries.HOSPITAL}/"
MEND = f"{LIST}institutions/mend/{entries.HOSPITAL}/"


@pytest.fixture
def directory(portal: str) -> None:
    """The small directory."""
    entries.build()


def form_of(client: Client, address: str = MEND) -> dict[str, str]:
    """What the page's form would send as it stands."""
    form = client.get(address).context["form"]
    found = {field.name: field.value() for field in form}
    return {name: "on" if value is True else value for name, value in found.items() if value not in (None, False)}


def mend(client: Client, address: str = MEND, /, **values: str) -> object:
    """Open the form and send it with changes."""
    return client.post(address, form_of(client, address) | {"reason": "call of the hospital"} | values)


def test_a_mend_is_seen_at_once_and_kept_with_who_when_before_and_after() -> None:
    client = log_in("headquarters")
    response = mend(client, name="余江区中心医院", phone="0701-0000077", closed_on="2030-12-31")
    assert response.url == f"{HOSPITAL}?done=mended"
    row = Institution.objects.get(code=entries.HOSPITAL)
    assert (row.name, row.phone, row.closed_on) == ("余江区中心医院", "0701-0000077", date(2030, 12, 31))
    assert row.cross_region
    kept = DirectoryMend.objects.get()
    assert (kept.by, kept.office, kept.reason) == ("headquarters", world.OFFICE, "call of the hospital")
    assert (kept.before["phone"], kept.after["phone"]) == ("0701-0000000", "0701-0000077")
    assert abs(kept.at - timezone.now()) < timedelta(minutes=1)
    page = words(client.get(HOSPITAL))
    for told in ("headquarters", "call of the hospital", "余江区人民医院", "余江区中心医院", "0701-0000000"):
        assert told in page
    assert "江西省 › 鹰潭市 › 余江区" in page


def test_what_an_institution_is_found_by_follows_its_name() -> None:
    client = log_in("headquarters")
    mend(client, name="龙虎山医院")
    for typed, found in (("longhu", True), ("龙虎", True), ("yujiang", False)):
        page = words(client.get(LIST, {"q": typed}))
        assert (entries.HOSPITAL in page) == found
        listed = Client().get("/api/v1/institutions", {"q": typed}).json()["institutions"]
        assert [each["code"] for each in listed] == [entries.HOSPITAL] * found


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_two_at_once_the_second_is_told_and_loses_nothing(language: str) -> None:
    one, two = log_in("headquarters"), log_in("agency")
    address = MEND.replace("/en/", f"/{language}/")
    opened = form_of(two, address)
    mend(one, phone="0701-0000011", address="新路2号")
    sent = opened | {"phone": "0701-0000022", "level": "二级甲等", "reason": "letter 7"}
    response = two.post(address, sent)
    assert response.status_code == 409
    page = words(response)
    assert "headquarters" in page
    assert "0701-0000011" in page, "what stands there now"
    typed = {field.name: field.value() for field in response.context["form"]}
    assert (typed["phone"], typed["level"], typed["reason"]) == ("0701-0000022", "二级甲等", "letter 7")
    assert typed["address"] == "新路2号", "what only the first one changed stays changed"
    assert Institution.objects.get(code=entries.HOSPITAL).phone == "0701-0000011"
    again = two.post(address, {name: "on" if value is True else value for name, value in typed.items()})
    assert again.status_code == 302
    row = Institution.objects.get(code=entries.HOSPITAL)
    assert (row.phone, row.level, row.address, row.cross_region) == ("0701-0000022", "二级甲等", "新路2号", True)
    assert [each.by for each in DirectoryMend.objects.order_by("id")] == ["headquarters", "agency"]


def test_nothing_different_saves_nothing() -> None:
    client = log_in("headquarters")
    assert mend(client).url.endswith("?done=same")
    assert not DirectoryMend.objects.exists()
    assert Institution.objects.get(code=entries.HOSPITAL).recorded_at == world.long_ago()


def test_somebody_who_writes_into_the_hidden_field_is_only_told_to_look_again() -> None:
    client = log_in("headquarters")
    for opened in ("", "[", "[1]", "[" * 3000, '{"name": "x"}'):
        response = mend(client, opened=opened, phone="1")
        assert response.status_code == 409
    assert mend(client, opened="x" * 5000).status_code == 422
    assert not DirectoryMend.objects.exists()


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"region": "cn-999999"}, "region", "unknown_region"),
        ({"region": "cn-3606"}, "region", "unknown_region"),
        ({"region": "9" * 10_000}, "region", "unknown_region"),
        ({"region": "cn-36\x0006"}, "region", "unknown_region"),
        ({"name": ""}, "name", "required"),
        ({"name": "x" * 201}, "name", "too_long"),
        ({"name": "a\u202eb"}, "name", "forbidden_character"),
        ({"reason": ""}, "reason", "required"),
        ({"opened_on": "2026-13-01"}, "opened_on", "not_a_day"),
        ({"opened_on": "2026-05-02", "closed_on": "2026-05-01"}, "closed_on", "period_reversed"),
        ({"phone": "1" * 65}, "phone", "too_long"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(values: dict[str, str], field: str, code: str) -> None:
    response = mend(log_in("headquarters"), **values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert text(f"input.{code}", "en") in words(response)
    assert not DirectoryMend.objects.exists()


def test_offices_and_pooling_regions_too() -> None:
    client = log_in("headquarters")
    office, pooling = f"{LIST}offices/mend/{entries.AGENCY}/", f"{LIST}pooling-regions/mend/360600/"
    assert mend(client, office, department="异地就医科", postcode="335000").status_code == 302
    refused = mend(client, pooling, insurance_types="310 @ 390")
    assert refused.status_code == 422
    assert text("input.not_a_code", "en") in words(refused)
    assert mend(client, pooling, opened_on="1398/10/11", insurance_types="310  390 510").status_code == 302
    assert Office.objects.get(code=entries.AGENCY).department == "异地就医科"
    row = PoolingRegion.objects.get()
    assert (row.opened_on, row.insurance_types) == (date(2020, 1, 1), "310 390 510")
    assert mend(client, pooling, opened_on="").status_code == 302
    assert PoolingRegion.objects.get().opened_on is None
    page = words(client.get(f"{LIST}pooling-regions/360600/"))
    assert page.count("mended by") == 2


@pytest.mark.parametrize("user", ["agency", "agency-reviewer"])
def test_an_office_mends_what_lies_in_its_region_and_nothing_else(user: str) -> None:
    client = log_in(user)
    page = words(client.get(LIST))
    assert entries.HOSPITAL in page
    assert entries.FAR not in page
    for address in (f"{LIST}institutions/{entries.FAR}/", f"{LIST}institutions/mend/{entries.FAR}/"):
        response = client.get(address)
        assert response.status_code == 403
        assert text("input.region_outside_office", "en") in words(response)
    assert mend(client, phone="0701-0000055").status_code == 302
    assert mend(client, region=entries.ELSEWHERE).status_code == 422
    assert Institution.objects.get(code=entries.HOSPITAL).region == entries.COUNTY


def test_an_office_without_a_region_may_mend_nothing() -> None:
    client = log_in("counter")
    page = words(client.get(LIST))
    assert "Your office has no region" in page
    assert entries.HOSPITAL not in page
    assert client.get(HOSPITAL).status_code == 403


@pytest.mark.parametrize("user", ["hotline", "hospital", "citizen"])
def test_nobody_else(user: str) -> None:
    client = log_in(user)
    for address in (LIST, HOSPITAL, MEND):
        assert client.get(address).status_code in (302, 403)
    assert Client().get(MEND).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "institutions/none/",
        "institutions/mend/none/",
        "planets/x/",
        "institutions/%00/",
        "?kind=planets",
        f"offices/{entries.HOSPITAL}/",
    ],
)
def test_what_is_not_there(address: str) -> None:
    assert log_in("headquarters").get(LIST + address).status_code == 404


def test_searches_and_pages_of_any_kind_are_answered() -> None:
    client = log_in("headquarters")
    assert "Only the first hundred" in words(client.get(LIST, {"q": "x" * 10_000}))
    for number in ("9999999", "9" * 500):
        beyond = client.get(LIST, {"page": number})
        assert beyond.status_code == 404
        assert "The list ends on page 1." in words(beyond)
    for query in ({"page": "x"}, {"page": "-1"}, {"q": "\x00%_"}, {"kind": "offices", "q": "鹰"}):
        assert client.get(LIST, query).status_code == 200


def feed(url: str, tmp_path: Path, secrets: object, recorded_at: datetime, name: str) -> tuple[int, int]:
    """Load a row about the hospital, recorded at a moment: how many changed, how many were stale."""
    path = tmp_path / f"{recorded_at.timestamp()}-{name}.csv"
    path.write_text(
        "code,name,region,cross_region,recorded_at\n"
        f"{entries.HOSPITAL},{name},{entries.COUNTY},true,{recorded_at.isoformat()}\n",
        encoding="utf-8",
    )
    report = load_file(url, secrets, "institutions", path, at=datetime.now(UTC))
    return report.changed, report.stale


def test_an_older_row_of_a_feed_never_undoes_a_mend_and_a_newer_one_is_shown(portal: str, tmp_path, secrets) -> None:
    client = log_in("headquarters")
    mend(client, name="余江区中心医院")
    before = timezone.now()
    assert feed(portal, tmp_path, secrets, before - timedelta(hours=1), "older") == (0, 1)
    assert feed(portal, tmp_path, secrets, world.long_ago(), "much-older") == (0, 1)
    assert Institution.objects.get(code=entries.HOSPITAL).name == "余江区中心医院"
    assert len(timeline("institutions", entry_named("institutions", entries.HOSPITAL))) == 1
    assert feed(portal, tmp_path, secrets, timezone.now(), "newer") == (1, 0)
    row = entry_named("institutions", entries.HOSPITAL)
    assert row.name == "newer"
    newest, first = timeline("institutions", row)
    assert (newest.by, newest.at, first.by) == ("", row.recorded_at, "headquarters")
    assert "brought by a feed" in words(client.get(HOSPITAL))
    mend(client, name="余江区中心医院")
    steps = timeline("institutions", entry_named("institutions", entries.HOSPITAL))
    assert [each.by for each in steps] == ["headquarters", "", "headquarters"]


def test_a_mend_counts_even_when_the_sources_clock_is_ahead(portal: str, tmp_path, secrets) -> None:
    ahead = timezone.now() + timedelta(minutes=30)
    Institution.objects.filter(code=entries.HOSPITAL).update(recorded_at=ahead)
    mend(log_in("headquarters"), name="余江区中心医院")
    assert feed(portal, tmp_path, secrets, ahead, "same-moment") == (0, 1)
    assert Institution.objects.get(code=entries.HOSPITAL).name == "余江区中心医院"


def test_who_opened_before_another_saved_writes_nothing() -> None:
    opened = values_of("institutions", entry_named("institutions", entries.HOSPITAL))
    wanted = {name: getattr(entry_named("institutions", entries.HOSPITAL), name) for name in opened}
    told = {"kind": "institutions", "code": entries.HOSPITAL, "opened": opened, "reason": "r", "office": ""}
    assert entry_mend(**told, wanted=wanted | {"phone": "1"}, by="one", at=timezone.now())
    with pytest.raises(Overtaken):
        entry_mend(**told, wanted=wanted | {"phone": "2"}, by="two", at=timezone.now())
    Institution.objects.filter(code=entries.HOSPITAL).update(withdrawn=True)
    with pytest.raises(Overtaken):
        entry_mend(**told, wanted=wanted, by="two", at=timezone.now())
    assert json.loads(json.dumps(DirectoryMend.objects.get().after))["phone"] == "1"
    assert not connection.in_atomic_block
    with transaction.atomic():
        assert DirectoryMend.objects.count() == 1
