"""Who is in a group and how they are reached: each address once, in stretches that an index serves (S2.14)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from daftar.portal.campaigns.receivers import Wanted, insured_phones, providers_phones
from daftar.portal.campaigns.walks import Walk
from daftar.portal.directory.models import Office
from daftar.portal.monitoring.models import InquiryTally
from daftar.portal.organisations.models import Organisation
from daftar.portal.people.models import Person
from tests.portal import world
from tests.portal.test_campaigns import phone

pytestmark = pytest.mark.usefixtures("portal")
TODAY = date(2026, 11, 22)


def counted(walk: Walk) -> int:
    """How many addresses a small walk holds."""
    number, end = walk.count([])
    assert end is None
    return number


def test_only_providers_that_may_ask_and_do_not() -> None:
    wanted = Wanted("ir", "fa", TODAY, silent=True)
    phone("+989120000100")
    assert counted(providers_phones(wanted)) == 1
    told = {"scope": "organisation", "place": world.HOSPITAL, "channel": "sms", "mode": "general", "outcome": "covered"}
    InquiryTally.objects.create(day=TODAY - timedelta(days=30), asked=1, **told)
    assert counted(providers_phones(wanted)) == 1
    InquiryTally.objects.create(day=TODAY, asked=1, **told | {"outcome": "unknown"})
    assert counted(providers_phones(wanted)) == 1, "the providers' report counts answers alone"
    InquiryTally.objects.create(day=TODAY - timedelta(days=29), asked=1, **told)
    assert counted(providers_phones(wanted)) == 0
    Organisation.objects.filter(code=world.HOSPITAL).update(suspended=True)
    InquiryTally.objects.all().delete()
    assert counted(providers_phones(wanted)) == 0, "who may not ask is not reminded"


def test_a_provider_is_told_by_the_country_whose_headquarters_look_after_it() -> None:
    """Without a province its office says which, and without that the first country takes it."""
    phone("+989120000100")
    Office.objects.create(code="cn-x", kind="branch", name="x", region="cn-11", recorded_at=world.long_ago())
    seats = {("", ""): "ir", ("", "ir-1"): "ir", ("", "cn-x"): "cn", ("cn-11", "ir-1"): "cn", ("ir-8", "cn-x"): "ir"}
    for (province, office), seat in seats.items():
        Organisation.objects.filter(code=world.HOSPITAL).update(province=province, office=office)
        for country in ("ir", "cn"):
            told = counted(providers_phones(Wanted(country, "fa", TODAY)))
            assert told == (country == seat), (province, office, country)


def test_a_province_that_is_gone_reaches_nobody() -> None:
    """Not everybody: the province was taken back by a feed while the campaign was under way."""
    walk = insured_phones(Wanted("ir", "fa", TODAY), ())
    assert (counted(walk), walk.after([], 10).receivers) == (0, [])


@pytest.mark.parametrize(("stretch", "most"), [(1, 1), (2, 1), (2, 9), (9, 9)])
def test_a_walk_in_short_stretches_meets_each_mobile_once_and_counts_as_many(stretch: int, most: int) -> None:
    """Two persons with one mobile, in different provinces; the province of the second alone is told."""
    shared = Person.objects.get(key=world.key_of(world.PAID))
    Person.objects.filter(key=world.key_of(world.PENSIONER)).update(
        mobile_key=shared.mobile_key, mobile_verified=True, sealed=shared.sealed, insured_region="ir-8"
    )
    Person.objects.filter(key=world.key_of(world.LAPSED)).update(insured_region="ir-8")
    wanted = Wanted("ir", "fa", TODAY)
    for regions, expected in ((None, 2), (["ir-8"], 2), (["ir-9"], 0)):
        walk = replace(insured_phones(wanted, regions), stretch=stretch)
        number, mark = 0, []
        while mark is not None:
            more, mark = walk.count(mark)
            number += more
        met, mark, ended = list[str](), [], False
        while not ended:
            found = walk.after(mark, most)
            mark, ended = found.mark, found.ended
            met += [each.address for each in found.receivers]
        assert (number, len(met), len(set(met))) == (expected,) * 3, regions


def test_a_walk_through_a_nation_is_served_by_an_index() -> None:
    walk = insured_phones(Wanted("ir", "fa", TODAY), ["ir-8"])
    mark = [str(world.key_of(world.PAID))]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plans = [
            str(rows.explain())
            for rows in (walk._past(walk.everyone, mark).order_by("mobile_key"), walk._between(mark, mark))
        ]
    assert all("person_told" in plan for plan in plans), plans
