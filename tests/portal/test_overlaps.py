"""The insurer's report of overlaps: numbers, list, one overlap, the file; who is named is on record (S2.5)."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from daftar import coverage
from daftar.portal.entitlement.models import OtherCover, Overlap
from daftar.portal.entitlement.overlaps import PAGE
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import raw_connection
from daftar.portal.people.models import Person
from daftar.store.sealing import seal_fields
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, told, words

pytestmark = pytest.mark.usefixtures("portal")
on_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
ADDRESS = "/en/entitlement/overlaps/"


@pytest.fixture
def second_cover(settings) -> None:
    """PAID too is covered elsewhere, under a number there, and belongs to another office."""
    Person.objects.filter(key=world.key_of(world.PAID)).update(office="ir-2")
    OtherCover.objects.create(
        key=world.key_of(world.PAID),
        insurer="ir-health",
        starts=date.today() - timedelta(days=30),
        sealed=seal_fields(settings.SECRETS, "other_cover", {"number": "H-77"}),
        recorded_at=world.long_ago(),
    )
    with transaction.atomic():
        coverage.rebuild(raw_connection(), [world.key_of(world.PAID)], at=world.long_ago())


def lines(response: object) -> list[list[str]]:
    """The lines of a file."""
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(StringIO(content)))


def test_the_report_counts_by_insurers_and_office_and_names_nobody(second_cover: None) -> None:
    response = log_in("headquarters").get(ADDRESS)
    page = words(response)
    assert "reported: 2." in page
    assert "Social Security Organisation + Iran Health Insurance Organisation" in page
    assert "Social Security Organisation + ir-other" in page
    assert "شعبه یک تهران" in page
    for secret in (world.PAID[1], world.PENSIONER[1], "نمونه رضا", "رضا نمونه", "بازنشسته", "H-77"):
        assert secret not in response.content.decode()
    assert not Inquiry.objects.filter(mode__startswith="overlap").exists()


@on_sqlite
def test_filters_stand_in_the_address(second_cover: None) -> None:
    client = log_in("headquarters")
    assert "reported: 1." in words(client.get(ADDRESS, {"insurers": "ir-health ir-sso"}))
    assert "reported: 1." in words(client.get(ADDRESS, {"office": world.OFFICE}))
    assert "reported: 0." in words(client.get(ADDRESS, {"day": "2010-01-01"}))
    before = date.today() - timedelta(days=31)
    assert "reported: 1." in words(client.get(ADDRESS, {"day": str(before)}))
    for faulty in ({"day": "someday"}, {"day": "1949-01-01"}, {"insurers": "nobody"}, {"office": "nowhere"}):
        response = client.get(ADDRESS, faulty)
        assert response.status_code == 422
        assert "There is a problem" in words(response)


@on_sqlite
def test_one_overlap_shows_the_covers_in_order_and_is_a_look_on_record(second_cover: None) -> None:
    number = Overlap.objects.get(key=world.key_of(world.PAID)).id
    page = words(log_in("headquarters").get(f"{ADDRESS}{number}/"))
    assert world.PAID[1] in page
    assert f"1. Social Security Organisation {text('payer_reason.first_in_order', 'en')}" in page
    assert f"2. Iran Health Insurance Organisation {text('payer_reason.later_in_order', 'en')}" in page
    assert "H-77" in page
    (look,) = [row for row in told(world.key_of(world.PAID)) if row.mode == "overlap"]
    assert (look.account, look.ground, look.shown) == ("headquarters", "duty", "name identifier birth_date covers")


@on_sqlite
def test_an_overlap_of_another_jurisdiction_or_none_is_not_found(second_cover: None) -> None:
    client = log_in("headquarters")
    assert client.get(f"{ADDRESS}999999/").status_code == 404
    overlap = Overlap.objects.get(key=world.key_of(world.PAID))
    Overlap.objects.filter(id=overlap.id).update(jurisdiction="cn")
    assert client.get(f"{ADDRESS}{overlap.id}/").status_code == 404
    assert "reported: 1." in words(client.get(ADDRESS))
    assert not [row for row in told(overlap.key) if row.mode == "overlap"]


@on_sqlite
@pytest.mark.parametrize("user", ["hospital", "counter", "hotline", "citizen"])
def test_nobody_else_sees_it(user: str) -> None:
    client = log_in(user)
    number = Overlap.objects.get(key=world.key_of(world.PENSIONER)).id
    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}{number}/").status_code == 403
    assert client.post(f"{ADDRESS}file/").status_code == 403


def test_a_file_without_numbers_is_one_line_on_record(second_cover: None) -> None:
    response = log_in("headquarters").post(f"{ADDRESS}file/", {"office": "ir-2"})
    head, line = lines(response)
    assert head == ["overlap", "insurers_in_order", "from", "until", "office"]
    assert line[1:] == ["ir-sso ir-health", str(date.today() - timedelta(days=30)), line[3], "ir-2"]
    (row,) = Inquiry.objects.filter(mode="overlap_file")
    assert (row.account, row.reference, row.shown) == ("headquarters", "1", "covers")
    assert not [each for each in told(world.key_of(world.PAID)) if each.mode == "overlap_file"]


def test_a_file_with_numbers_is_on_the_record_of_everyone_in_it(second_cover: None) -> None:
    response = log_in("headquarters").post(f"{ADDRESS}file/", {"named": "1"})
    found = {line[6]: line for line in lines(response)[1:]}
    assert set(found) == {world.PAID[1], world.PENSIONER[1]}
    assert found[world.PAID[1]][5:] == ["ir-national-code", world.PAID[1], "ir-health: H-77"]
    for made in (world.PAID, world.PENSIONER):
        (row,) = [each for each in told(world.key_of(made)) if each.mode == "overlap_file"]
        assert row.shown == "identifier covers"


@on_sqlite
def test_pages_follow_each_other_without_a_gap(settings) -> None:
    Overlap.objects.all().delete()
    started = [date(2026, 1, 1) + timedelta(days=number // 3) for number in range(PAGE + 7)]
    Overlap.objects.bulk_create(
        Overlap(key=world.key_of(world.PAID), jurisdiction="ir", starts=day, insurers="ir-other ir-sso")
        for day in started
    )
    client = log_in("headquarters")
    client.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        first = client.get(ADDRESS)
    assert len(queries) < 25  # none for each line
    seen = [row for row, *_ in first.context["rows"]]
    address = first.context["next"]
    second = client.get(f"{ADDRESS}?{address}")
    seen += [row for row, *_ in second.context["rows"]]
    assert [row.id for row in seen] == [row.id for row in Overlap.objects.order_by("-starts", "-id")]
    assert not second.context["next"]
    for nonsense in ("x", "2026-02-30_1", "2026-01-01_", "9999-99-99_9"):
        assert len(client.get(ADDRESS, {"after": nonsense}).context["rows"]) == PAGE
