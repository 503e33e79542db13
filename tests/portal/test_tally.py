"""The journal is counted into tallies exactly once, whatever is killed when (S2.11, S2.16)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from daftar.answers import Entry, SharedWriter
from daftar.answers import journal as journal_rows
from daftar.answers.writers import SEQUENCES
from daftar.portal.directory.models import Office
from daftar.portal.journal.services import looks_record, raw_connection
from daftar.portal.monitoring import tallying
from daftar.portal.monitoring.models import InquiryMinute, InquiryTally, TallyReading
from daftar.portal.monitoring.places import Places
from daftar.portal.monitoring.tallying import journal_tally
from daftar.portal.organisations.models import Organisation
from daftar.portal.organisations.seats import organisations_of
from daftar.store.connect import connect
from daftar.store.dialect import is_sqlite
from daftar.store.keys import Key
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.probe import PROBE
from tests.portal import world

pytestmark = pytest.mark.usefixtures("portal")
NIGHT = datetime(2026, 11, 1, 20, 45, tzinfo=UTC)  # in Tehran the second of November has begun


def entry(organisation: str | None = world.HOSPITAL, **fields: str | None) -> Entry:
    """A row of the journal about nobody."""
    told = {"channel": Channel.API, "mode": "general", "outcome": "covered", "rule_version": "ir.1.0"} | fields
    return Entry(
        key=Key(uuid4()), reason="paid", ground=Ground.AGREEMENT, shown="status", organisation=organisation, **told
    )


def write(*entries: Entry, at: datetime = NIGHT) -> None:
    """Journal rows in a transaction of their own."""
    with transaction.atomic():
        looks_record(entries, at=at)


def tallies(scope: str) -> dict[tuple[str, date, str, str], int]:
    """What is counted in a scope, by place, day, channel and outcome."""
    found = InquiryTally.objects.filter(scope=scope)
    return {(each.place, each.day, each.channel, each.outcome): each.asked for each in found}


def test_every_row_counts_once_in_every_scope() -> None:
    Organisation.objects.filter(code=world.HOSPITAL).update(province="ir-8", office="ir-1")
    write(entry(), entry(), entry(outcome="not_covered"), entry(None, channel=Channel.WEB, mode="specific"))
    assert journal_tally(NIGHT) == 4
    day = date(2026, 11, 2)
    hospital = {("api", "covered"): 2, ("api", "not_covered"): 1}
    own = {("web", "covered"): 1}
    assert tallies("organisation") == placed(world.HOSPITAL, day, hospital) | placed("", day, own)
    assert tallies("province") == placed("ir-8", day, hospital) | placed("", day, own)
    assert tallies("office") == placed("ir-1", day, hospital) | placed("", day, own)
    assert tallies("jurisdiction") == placed("ir", day, hospital | own)
    minutes = InquiryMinute.objects.values_list("minute", "channel", "outcome", "asked")
    assert set(minutes) == {(NIGHT, *kind, asked) for kind, asked in (hospital | own).items()}


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_an_organisation_counts_in_the_country_that_looks_after_it() -> None:
    known = {"withdrawn": False, "recorded_at": NIGHT}
    for code, region in {"north": "cn-11", "whole": "cn"}.items():
        Office.objects.create(code=code, kind="branch", name=code, region=region, **known)
    keepers = {"told": "north", "named": "cn-31", "nowhere": "", "strange": "west", "top": "whole"}
    for code, office in keepers.items():
        Organisation.objects.create(code=code, name=code, kind="provider", office=office, **known)
    places = Places(keepers, [])
    for law in ("cn", "ir"):  # by whose law a person is covered says nothing about who asked
        seats = {code: places.of(code, "", law).jurisdiction for code in keepers}
        assert seats == {code: each for each in ("ir", "cn") for code in keepers if looked_after(code, each)}
    assert [code for code, country in seats.items() if country == "cn"] == ["told", "named"]
    assert places.of("not on record", "", "cn").jurisdiction == "cn"


def looked_after(organisation: str, jurisdiction: str) -> bool:
    """Whether the headquarters of a country look after it."""
    return organisations_of(jurisdiction).filter(code=organisation).exists()


def placed(place: str, day: date, counts: dict[tuple[str, str], int]) -> dict[tuple[str, date, str, str], int]:
    """Counts of one place and day, as `tallies` gives them."""
    return {(place, day, *kind): asked for kind, asked in counts.items()}


def test_the_probe_and_counting_again_add_nothing() -> None:
    write(entry(), entry(PROBE))
    assert journal_tally(NIGHT) == 2
    assert journal_tally(NIGHT) == 0
    assert sum(tallies("organisation").values()) == 1
    write(entry(), at=NIGHT + timedelta(minutes=1))
    assert journal_tally(NIGHT) == 1
    assert sum(tallies("organisation").values()) == 2


def test_a_count_that_is_cut_off_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    write(*[entry() for _ in range(5)])
    monkeypatch.setattr(tallying, "AT_ONCE", 2)
    whole, calls = tallying._add, []

    def cut_off(*args: object) -> None:
        whole(*args)
        calls.append(args)
        if len(calls) == 2:
            raise ConnectionError("killed before the commit")

    monkeypatch.setattr(tallying, "_add", cut_off)
    with pytest.raises(ConnectionError):
        journal_tally(NIGHT)
    assert sum(tallies("organisation").values()) == 2
    assert journal_tally(NIGHT) == 3
    assert sum(tallies("organisation").values()) == 5


def test_all_writers_are_read_from_their_first_row_on() -> None:
    """Numbers 0 and 999, and rows that begin late: a gap must not stop the count."""
    with transaction.atomic():
        conn = raw_connection()
        for first in (0, 999 * SEQUENCES + 7):
            journal_rows.write(conn, first, NIGHT, [entry(), entry()])
    assert journal_tally(NIGHT) == 4
    read = dict(TallyReading.objects.values_list("writer", "sequence"))
    assert (read[0], read[999]) == (1, 8)


def test_a_row_that_is_not_committed_yet_is_counted_later(portal: str) -> None:
    """What another session holds open is not passed over; on SQLite nobody counts meanwhile (one writer at a time)."""
    other = connect(portal)
    other.execute("BEGIN IMMEDIATE" if is_sqlite(other) else "BEGIN")
    journal_rows.write(other, SharedWriter(7).take(other, 1), NIGHT, [entry()])
    if not is_sqlite(other):
        assert journal_tally(NIGHT) == 0
    other.commit()
    other.close()
    assert journal_tally(NIGHT) == 1
