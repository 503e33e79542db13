"""The sums that the providers' report reads are those of the days, whatever day it is and in which order they came."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from daftar.portal.monitoring.models import InquirySpan, InquiryTally, SpanReading
from daftar.portal.monitoring.spans import SPANS, spans_roll
from daftar.portal.monitoring.tallying import journal_tally
from daftar.portal.providers import asked
from daftar.portal.providers.asked import KEPT, Span, Wanted
from daftar.portal.providers.forms import PERIODS
from daftar.terms.jurisdictions import jurisdictions
from tests.portal import world
from tests.portal.test_tally import entry, write

pytestmark = pytest.mark.usefixtures("portal")
NOON = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def read(at: datetime) -> list[object]:
    """What the report says of all spans that end on a day in Iran."""
    today = jurisdictions()["ir"].today(at)
    told: list[object] = []
    with transaction.atomic():
        for days in SPANS:
            wanted = Wanted("ir", Span(today - timedelta(days=days - 1), today))
            told += [asked.groups(wanted), asked.listed(wanted, "most", 0, 10)]
    return told


def compare(at: datetime) -> None:
    """The kept sums must be there, and the same as those made day by day."""
    assert SpanReading.objects.get(jurisdiction="ir").through == jurisdictions()["ir"].today(at)
    kept = read(at)
    with transaction.atomic():
        SpanReading.objects.filter(jurisdiction="ir").update(through=date(2000, 1, 1))
        assert read(at) == kept
        transaction.set_rollback(True)


def test_the_sums_kept_are_those_of_the_days() -> None:
    write(
        entry(), entry(outcome="not_covered"), entry(outcome="refused"), entry(mode="affiliation"), at=NOON - 400 * DAY
    )
    journal_tally(NOON)
    spans_roll(NOON - 366 * DAY)
    chance = Random(7)
    for back in sorted((chance.randrange(366) for _ in range(12)), reverse=True):
        at = NOON - back * DAY
        for late in (0, chance.choice((1, 6, 7, 30, 364))):  # what was asked before, and is counted only now
            write(*[entry()] * chance.randint(1, 3), at=at - late * DAY)
        if chance.random() < 0.5:  # the day has begun before its first inquiry is counted, or after
            spans_roll(at)
        journal_tally(at)
        spans_roll(at)
        compare(at)
    spans_roll(NOON + 500 * DAY)
    compare(NOON + 500 * DAY)
    assert InquirySpan.objects.filter(asked_365=0, days_365=0, jurisdiction="ir", place=world.HOSPITAL).exists()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_what_was_counted_before_is_added_up_once(portal: str) -> None:
    today = jurisdictions()["ir"].today(NOON)
    for back in (0, 3, 40, 400):
        InquiryTally.objects.create(
            scope="organisation",
            place=world.HOSPITAL,
            day=today - back * DAY,
            channel="api",
            mode="general",
            outcome="covered",
            asked=back + 1,
        )
    assert spans_roll(NOON) == 401 * len(jurisdictions())
    assert spans_roll(NOON) == 0
    compare(NOON)
    row = InquirySpan.objects.get(jurisdiction="ir", place=world.HOSPITAL)
    assert (row.asked_7, row.days_30, row.asked_90, row.first_day) == (5, 2, 46, today - 400 * DAY)


def test_the_report_offers_the_spans_that_are_kept() -> None:
    assert {*KEPT} == {*SPANS} == {int(each) for each in PERIODS}
