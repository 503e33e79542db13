"""Registries asked about those who lack what they could confirm: who, when, what is kept, what is on record (S2.13)."""

from datetime import UTC, date, datetime, timedelta
from threading import Lock
from uuid import UUID, uuid4

import pytest

from daftar import coverage
from daftar.answers import SharedWriter, TrackingCodes
from daftar.answers.journal import COLUMNS, as_mapping
from daftar.feeds.connectors.asking import PRESSED_AGAIN, Journal, begin, finish
from daftar.feeds.connectors.nightly import Pass, ask_due, due, is_night
from daftar.feeds.connectors.port import Confirmed, Finding, NotFound, Question, Unanswered
from daftar.feeds.connectors.registries import (
    AHEAD,
    BIRTH_REGISTRATIONS,
    STUDY_CERTIFICATES,
    decides,
    decides_from,
    is_asked,
)
from daftar.store.connect import connect, transaction
from daftar.store.dialect import as_datetime, as_uuid, execute, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import seal_fields
from daftar.terms.identifiers import ir_check_digit
from daftar.terms.outcomes import EvidenceKind
from tests.coverage import registry as facts
from tests.feeds.registering import switch_on

NIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)  # half past two in Tehran, on the 22nd
DAY = date(2026, 11, 22)
SPRING = date(2026, 3, 21)
STUDIES = Confirmed(date(2026, 9, 23), date(2027, 9, 22))
MISSING = "SELECT ends, reason, reason_after FROM coverage WHERE key = ? ORDER BY starts DESC LIMIT 1"


class Told:
    """A registry of the test's own: it says what it is told to say, by the number asked about."""

    def __init__(self, kind: EvidenceKind = EvidenceKind.STUDY_CERTIFICATE, **findings: Finding) -> None:
        self.kind, self.findings, self.asked, self._lock = kind, findings, list[Question](), Lock()
        self.lets_through = 10**6

    def ready(self, at: datetime) -> bool:
        ready = self.lets_through > 0
        self.lets_through -= ready
        return ready

    def unasked(self, at: datetime) -> None:
        self.lets_through += 1

    def ask(self, question: Question, *, at: datetime) -> Finding:
        with self._lock:
            self.asked.append(question)
        return self.findings.get(question.identifier.number, self.findings.get("all", NotFound()))


@pytest.fixture
def by(secrets: Secrets) -> Journal:
    """The nightly work."""
    return Journal(SharedWriter(1), TrackingCodes(secrets))


@pytest.fixture
def switched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both connectors decide since spring."""
    switch_on(monkeypatch, SPRING, "study_certificate", "birth_certificate_seen")


def number(serial: int) -> str:
    """A national code of an unassigned place."""
    return f"000{serial:06d}{ir_check_digit(f'000{serial:06d}')}"


def child(conn, secrets: Secrets, serial: int, *, sex: str = "male", born: str = "2005-01-01", died: str = "") -> UUID:
    """The son or daughter of a pensioner, with a number; only a paper keeps them from being covered."""
    main, key = facts.person(conn), facts.person(conn, sex=sex, born=born, died=died)
    facts.affiliation(conn, main, "pensioner", "2010-01-01")
    facts.dependency(conn, key, main, "son" if sex == "male" else "daughter", "2010-01-01")
    sealed = seal_fields(secrets, "person_identifier", {"number": number(serial)})
    sql = "INSERT INTO person_identifier (key, person_key, type, sealed) VALUES (?, ?, 'ir-national-code', ?)"
    execute(conn, sql, [key, key, sealed])
    coverage.rebuild(conn, [main, key], at=NIGHT)
    return key


def journalled(conn) -> list[tuple]:
    """Mode, outcome, reason, shown and channel of the journal, in order."""
    found = [as_mapping(row) for row in rows(conn, f"SELECT {', '.join(COLUMNS)} FROM inquiry ORDER BY id")]
    return [tuple(each[name] for name in ("mode", "outcome", "reason", "shown", "channel")) for each in found]


def night(conn, secrets: Secrets, by: Journal, *registries: Told, at: datetime = NIGHT) -> dict[str, Pass]:
    """One pass of the nightly work."""
    return ask_due(conn, secrets, {each.kind: each for each in registries}, by=by, clock=lambda: at)


def test_a_son_without_a_certificate_is_covered_by_what_the_ministry_confirms(conn, secrets, by, switched) -> None:
    with transaction(conn):
        son = child(conn, secrets, 1)
    ministry = Told(all=STUDIES)
    assert rows(conn, MISSING, [son])[0][2] == "study_certificate_missing"
    assert night(conn, secrets, by, ministry) == {"study_certificates": Pass(asked=1, confirmed=1)}
    assert [each.identifier.number for each in ministry.asked] == [number(1)]
    assert rows(conn, "SELECT kind, source, withdrawn FROM evidence") == [("study_certificate", "connector", False)]
    ends, reason, after = rows(conn, MISSING, [son])[0]
    assert (str(ends), reason, after) == ("2027-09-22", "dependant_in_force", "study_certificate_missing")
    registry, study = ("registry", "study_certificate")
    assert journalled(conn) == [
        (registry, "asked", study, "identifier", "api"),
        (registry, "confirmed", study, "evidence", "api"),
    ]
    assert night(conn, secrets, by, ministry) == {"study_certificates": Pass()}


def test_what_is_confirmed_takes_the_place_of_a_paper_that_is_kept(conn, secrets, by, switched) -> None:
    """A counter's paper no longer counts; an answer that rested on it can still be explained."""
    with transaction(conn):
        son = child(conn, secrets, 1)
        facts.evidence(conn, son, "study_certificate", "2026-09-23")
    night(conn, secrets, by, Told(all=STUDIES))
    [(said, known, replaced)] = rows(conn, "SELECT said, known_since, replaced_at FROM fact_past")
    assert '"source":"counter"' in said
    assert (as_datetime(known), as_datetime(replaced)) == (facts.AT, NIGHT)
    [(source, since)] = rows(conn, "SELECT source, known_since FROM evidence")
    assert (source, as_datetime(since)) == ("connector", NIGHT)
    night(conn, secrets, by, Told(all=STUDIES), at=NIGHT + timedelta(days=400))
    assert len(rows(conn, "SELECT id FROM fact_past")) == 1


def test_a_daughter_is_asked_about_at_the_registration_of_births(conn, secrets, by, switched) -> None:
    with transaction(conn):
        daughter = child(conn, secrets, 2, sex="female", born="2006-01-01")
        facts.evidence(conn, daughter, "unmarried", "2025-01-01", source="connector")
        facts.evidence(conn, daughter, "not_employed", "2025-01-01", source="connector")
        coverage.rebuild(conn, [daughter], at=NIGHT)
    births = Told(EvidenceKind.BIRTH_CERTIFICATE_SEEN, all=Confirmed(DAY, None))
    assert night(conn, secrets, by, Told(), births)["birth_registrations"] == Pass(asked=1, confirmed=1)
    assert rows(conn, MISSING, [daughter])[0][1] == "dependant_in_force"


def test_a_paper_gives_way_to_what_is_confirmed_of_the_same_day(conn, secrets, by, switched) -> None:
    with transaction(conn):
        son = child(conn, secrets, 3)
        facts.evidence(conn, son, "study_certificate", "2026-09-23", "2026-12-01")
        coverage.rebuild(conn, [son], at=NIGHT)
    assert rows(conn, MISSING, [son])[0][1] == "provisional_evidence"
    assert night(conn, secrets, by, Told(all=STUDIES))["study_certificates"].confirmed == 1
    assert rows(conn, "SELECT source FROM evidence") == [("connector",)]
    assert rows(conn, MISSING, [son])[0][1] == "dependant_in_force"


def test_who_has_no_number_uses_up_no_try(conn, secrets, by, switched) -> None:
    with transaction(conn):
        first, _ = sorted((child(conn, secrets, 21), child(conn, secrets, 22)))
        execute(conn, "DELETE FROM person_identifier WHERE key = ?", [first])
    ministry = Told()
    ministry.lets_through = 1
    assert night(conn, secrets, by, ministry)["study_certificates"].asked == 1


@pytest.mark.parametrize("finding", [NotFound(), Unanswered("away")])
def test_no_confirmation_changes_nothing_and_comes_up_again(conn, secrets, by, switched, finding: Finding) -> None:
    with transaction(conn):
        son = child(conn, secrets, 4)
    before, ministry = rows(conn, MISSING, [son]), Told(all=finding)
    night(conn, secrets, by, ministry)
    assert (rows(conn, MISSING, [son]), rows(conn, "SELECT count(*) FROM evidence")) == (before, [(0,)])
    assert [row[1] for row in journalled(conn)] == ["asked"]  # the number has left the house all the same
    night(conn, secrets, by, ministry, at=NIGHT + timedelta(hours=1))
    assert len(ministry.asked) == 1
    night(conn, secrets, by, ministry, at=NIGHT + timedelta(days=1))
    assert len(ministry.asked) == (2 if isinstance(finding, Unanswered) else 1)
    night(conn, secrets, by, ministry, at=NIGHT + timedelta(days=8))
    assert len(ministry.asked) == (3 if isinstance(finding, Unanswered) else 2)


def test_who_is_due(conn, secrets, by, switched) -> None:
    with transaction(conn):
        missing = child(conn, secrets, 5)
        ending, lasting = child(conn, secrets, 6), child(conn, secrets, 7)
        facts.evidence(conn, ending, "study_certificate", "2026-01-01", str(DAY + AHEAD - timedelta(days=1)))
        facts.evidence(conn, lasting, "study_certificate", "2026-01-01", str(DAY + AHEAD))
        child(conn, secrets, 8, died="2026-01-01")
        minor = child(conn, secrets, 9, born="2015-01-01")
        soon = child(conn, secrets, 10, born=str(DAY + AHEAD - timedelta(days=19 * 365 + 10)))
        daughter = child(conn, secrets, 11, sex="female", born="2006-01-01")
        everybody = rows(conn, "SELECT key FROM person_identifier ORDER BY key")
        coverage.rebuild(conn, [as_uuid(key) for (key,) in everybody], at=NIGHT)
    nobody = Key(UUID(int=0))
    found = due(conn, STUDY_CERTIFICATES, day=DAY, at=NIGHT, after=nobody, most=100)
    assert set(found) == {missing, ending, soon}
    assert not {lasting, minor} & set(found)
    assert found == sorted(found)
    assert due(conn, STUDY_CERTIFICATES, day=DAY, at=NIGHT, after=found[0], most=1) == [found[1]]
    assert due(conn, BIRTH_REGISTRATIONS, day=DAY, at=NIGHT, after=nobody, most=100) == [daughter]


def test_a_registry_that_rests_ends_the_pass_and_who_was_not_asked_about_is_not_put_off(
    conn, secrets, by, switched
) -> None:
    with transaction(conn):
        for serial in range(20, 26):
            child(conn, secrets, serial)
    ministry = Told(all=Unanswered("away"))
    ministry.lets_through = 5
    assert night(conn, secrets, by, ministry) == {"study_certificates": Pass(asked=5, not_answered=5)}
    asked = {each.identifier.number for each in ministry.asked}
    assert len(journalled(conn)) == len(asked) == 5  # what did not leave is not on record
    ministry = Told(all=STUDIES)
    ten_minutes = NIGHT + timedelta(minutes=10)
    assert night(conn, secrets, by, ministry, at=ten_minutes)["study_certificates"] == Pass(asked=1, confirmed=1)
    assert {each.identifier.number for each in ministry.asked} == {number(each) for each in range(20, 26)} - asked
    later = NIGHT + timedelta(hours=21)
    assert night(conn, secrets, by, ministry, at=later) == {}  # by day nobody is asked
    later = NIGHT + timedelta(days=1)
    assert night(conn, secrets, by, ministry, at=later)["study_certificates"] == Pass(asked=5, confirmed=5)


def test_a_worker_that_died_leaves_a_claim_that_runs_out(conn, secrets, by, switched) -> None:
    with transaction(conn):
        son = child(conn, secrets, 30)
        begin(conn, secrets, STUDY_CERTIFICATES, [son], day=DAY, at=NIGHT, by=by)
    ministry = Told(all=STUDIES)
    assert night(conn, secrets, by, ministry) == {"study_certificates": Pass()}
    assert night(conn, secrets, by, ministry, at=NIGHT + timedelta(hours=2))["study_certificates"].confirmed == 1


def test_two_workers_never_ask_about_the_same_person(database_url: str, conn, secrets, by, switched) -> None:
    with transaction(conn):
        keys = [child(conn, secrets, serial) for serial in range(40, 43)]
    second = connect(database_url)
    try:
        with transaction(conn):
            first = begin(conn, secrets, STUDY_CERTIFICATES, keys[:2], day=DAY, at=NIGHT, by=by)
        with transaction(second):
            others = begin(second, secrets, STUDY_CERTIFICATES, keys, day=DAY, at=NIGHT, by=by)
    finally:
        second.close()
    assert {each.key for each in first} == set(keys[:2])
    assert [each.key for each in others] == keys[2:]


def test_the_counter_asks_at_once_but_not_twice_a_minute(conn, secrets, by, switched) -> None:
    desk = Journal(by.writer, by.tracking, account="counter", office="ir-1")
    with transaction(conn):
        son = child(conn, secrets, 50)
        begin(conn, secrets, STUDY_CERTIFICATES, [son], day=DAY, at=NIGHT - PRESSED_AGAIN, by=by)
        (asked,) = begin(conn, secrets, STUDY_CERTIFICATES, [son], day=DAY, at=NIGHT, by=desk)
        assert begin(conn, secrets, STUDY_CERTIFICATES, [son], day=DAY, at=NIGHT, by=desk) == []
        assert finish(conn, STUDY_CERTIFICATES, [(asked, STUDIES)], at=NIGHT, by=desk) == 1
    assert rows(conn, "SELECT office, source FROM evidence") == [("ir-1", "connector")]
    told = rows(conn, "SELECT outcome, channel, account, office, reference FROM inquiry ORDER BY id")[1:]
    assert told == [(outcome, "counter", "counter", "ir-1", "study_certificates") for outcome in ("asked", "confirmed")]


def test_somebody_without_a_number_is_asked_about_nowhere(conn, secrets, by, switched) -> None:
    with transaction(conn):
        assert begin(conn, secrets, STUDY_CERTIFICATES, [Key(uuid4())], day=DAY, at=NIGHT, by=by) == []
    assert journalled(conn) == []


def test_until_the_law_switches_it_on_nobody_is_asked(conn, secrets, by) -> None:
    with transaction(conn):
        child(conn, secrets, 60)
    ministry = Told(all=STUDIES)
    assert night(conn, secrets, by, ministry) == {}
    assert ministry.asked == []


def test_the_law_says_from_when_on_a_connector_is_asked_and_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    study = EvidenceKind.STUDY_CERTIFICATE
    assert (decides(study, "ir", DAY), decides_from(study, "ir", DAY)) == (False, None)
    switch_on(monkeypatch, SPRING, "study_certificate")
    before = SPRING - timedelta(days=1)
    assert (decides(study, "ir", before), decides(study, "ir", SPRING)) == (False, True)
    assert (decides_from(study, "ir", before), decides_from(study, "ir", DAY)) == (SPRING, DAY)
    assert is_asked(STUDY_CERTIFICATES, SPRING - AHEAD)
    assert not is_asked(STUDY_CERTIFICATES, SPRING - AHEAD - timedelta(days=1))
    assert not is_asked(BIRTH_REGISTRATIONS, DAY)


@pytest.mark.parametrize(("hour", "night"), [(21, False), (22, True), (1, True), (2, False)])
def test_the_night_is_that_of_the_persons(hour: int, night: bool) -> None:
    assert is_night(STUDY_CERTIFICATES, datetime(2026, 11, 21, hour, 0, tzinfo=UTC)) is night
