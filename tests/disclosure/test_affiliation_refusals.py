"""What may not be asked is refused with its own word, tells nothing and stands in the journal (S1.2, S1.11, S1.19)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from daftar.answers import IdempotencyKey, SharedWriter, TrackingCodes
from daftar.disclosure.affiliation import AffiliationAnswer, AffiliationRefused, Fault, record_attempts, unread_key
from daftar.disclosure.affiliation.projection import Projection, digest
from daftar.store.dialect import as_uuid, execute, rows
from daftar.store.keys import Secrets
from daftar.store.sealing import seal_fields
from tests.disclosure.affiliated import AT, PERSONAL, TODAY, People, ask, journalled, question

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def people(conn: Any, secrets: Any) -> People:
    """One who works, and organisations that may ask or may not."""
    made = People(conn, secrets)
    for kind in ("fund", "judicial", "quasi_judicial", "provider"):
        made.organisation(kind, kind)
    made.organisation("ended yesterday", "fund", ends=str(TODAY - timedelta(days=1)))
    made.organisation("ends today", "fund", ends=str(TODAY))
    made.organisation("other purpose", "judicial", purposes="certificates")
    made.organisation("suspended", "fund")
    execute(conn, "UPDATE organisation SET suspended = ? WHERE code = 'suspended'", [True])
    made.person("Ali")
    made.spell(ali(secrets), "2020-01-01")
    return made


def ali(secrets: Any) -> UUID:
    return secrets.key("ir-national-code", "Ali")


FAULTS: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "start alone": ("fund", {"period_from": TODAY}, [("period.to", "period_half")]),
    "end alone": ("fund", {"period_to": TODAY}, [("period.from", "period_half")]),
    "reversed": ("fund", {"period_from": TODAY, "period_to": date(2026, 1, 1)}, [("period.to", "period_reversed")]),
    "future": ("fund", {"period_from": TODAY, "period_to": TOMORROW}, [("period.to", "period_in_future")]),
    "early": ("fund", {"period_from": date(1949, 12, 31), "period_to": TODAY}, [("period.from", "period_too_early")]),
    "no letter": (
        "judicial",
        {"reference_number": None, "reference_date": None},
        [("reference.number", "letter_number_required"), ("reference.date", "letter_date_required")],
    ),
    "blank letter": ("quasi_judicial", {"reference_number": "  "}, [("reference.number", "letter_number_required")]),
    "undated letter": ("quasi_judicial", {"reference_date": None}, [("reference.date", "letter_date_required")]),
    "letter of tomorrow": ("fund", {"reference_date": TOMORROW}, [("reference.date", "letter_in_future")]),
    "long letter": ("fund", {"reference_number": "7" * 65}, [("reference.number", "too_long")]),
    "invisible letter": ("fund", {"reference_number": "7\u202e"}, [("reference.number", "forbidden_character")]),
    "nul in letter": ("fund", {"reference_number": "7\x00"}, [("reference.number", "forbidden_character")]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_question_that_cannot_be_used_names_its_faults_and_tells_nothing(people: People, name: str) -> None:
    kind, changes, expected = FAULTS[name]
    (reply,) = ask(people.conn, people.secrets, question(ali(people.secrets), kind, **changes))
    assert isinstance(reply, AffiliationRefused)
    assert (reply.problem, [(each.field, each.code) for each in reply.faults]) == ("invalid-input", expected)
    assert journalled(people.conn, "outcome", "reason", "shown", "organisation") == [
        ("refused", expected[0][1], "", kind)
    ]


def test_a_fund_and_a_citizen_need_no_letter(people: People) -> None:
    for kind in ("fund", "own"):
        plain = question(ali(people.secrets), kind, reference_number=None, reference_date=None)
        (reply,) = ask(people.conn, people.secrets, plain)
        assert isinstance(reply, AffiliationAnswer)
        assert reply.outcome == "active"


@pytest.mark.parametrize(
    "organisation", ["ended yesterday", "other purpose", "suspended", "provider", "nobody known", None]
)
def test_without_an_agreement_in_force_for_it_nothing_is_told(people: People, organisation: str | None) -> None:
    (reply,) = ask(people.conn, people.secrets, question(ali(people.secrets), organisation=organisation))
    assert isinstance(reply, AffiliationRefused)
    assert (reply.problem, reply.faults) == ("no-agreement", ())
    assert journalled(people.conn, "outcome", "reason", "shown") == [("refused", "no-agreement", "")]


def test_on_its_last_day_an_agreement_still_holds(people: People) -> None:
    (reply,) = ask(people.conn, people.secrets, question(ali(people.secrets), organisation="ends today"))
    assert isinstance(reply, AffiliationAnswer)


def test_the_registry_says_what_kind_an_organisation_is_not_the_asker(people: People) -> None:
    (reply,) = ask(people.conn, people.secrets, question(ali(people.secrets), "judicial", organisation="fund"))
    assert isinstance(reply, AffiliationAnswer)
    assert reply.contact is None


def test_good_and_bad_questions_of_one_batch_do_not_touch_each_other(people: People) -> None:
    key = ali(people.secrets)
    asked = [question(key), question(key, period_from=TODAY), question(uuid4()), question(key, organisation="no")]
    replies = ask(people.conn, people.secrets, *asked)
    assert [getattr(each, "outcome", None) or each.problem for each in replies] == [  # type: ignore[union-attr]
        "active",
        "invalid-input",
        "no_record",
        "no-agreement",
    ]
    assert [row[0] for row in journalled(people.conn, "outcome")] == ["active", "refused", "no_record", "refused"]


def test_an_identifier_that_cannot_be_read_is_journalled_under_nobodys_key(people: People) -> None:
    key = unread_key(people.secrets, "ir-national-code", "1234567890")
    refused = AffiliationRefused("invalid-input", (Fault("subject.number", "wrong_check_digit"),))
    tracking = TrackingCodes(people.secrets)
    codes = record_attempts(
        people.conn, [(question(key), refused)], today=TODAY, at=AT, writer=SharedWriter(), tracking=tracking
    )
    assert len(codes) == 1
    assert journalled(people.conn, "outcome", "reason", "shown") == [("refused", "wrong_check_digit", "")]
    assert key != people.secrets.key("ir-national-code", "1234567890")


def marked(asked: Any, body: UUID, digest: UUID) -> Any:
    return msgspec.structs.replace(asked, idempotency=IdempotencyKey("client-1", digest, body))


def test_a_retry_gets_the_first_answer_without_a_second_row(people: People) -> None:
    mark, body = uuid4(), uuid4()
    asked = marked(question(ali(people.secrets), "judicial"), body, mark)
    (first,) = ask(people.conn, people.secrets, asked)
    again, twice = ask(people.conn, people.secrets, asked, asked, at=AT + timedelta(hours=1))
    assert first == again == twice
    assert len(journalled(people.conn, "id")) == 1
    (other,) = ask(people.conn, people.secrets, marked(asked, uuid4(), mark))
    assert other == AffiliationRefused("idempotency-mismatch")


def test_a_retry_tells_nothing_that_was_not_told_the_first_time(people: People) -> None:
    asked = marked(question(ali(people.secrets), "judicial"), uuid4(), uuid4())
    (first,) = ask(people.conn, people.secrets, asked)
    execute(people.conn, "UPDATE affiliation SET sealed = NULL")
    (again,) = ask(people.conn, people.secrets, asked, at=AT + timedelta(hours=1))
    assert isinstance(first, AffiliationAnswer)
    assert isinstance(again, AffiliationAnswer)
    assert (again.tracking_code, again.outcome, again.asked_at) == (first.tracking_code, "active", first.asked_at)
    assert (again.person, again.contact) == (None, None)


@pytest.mark.parametrize("kind", ["fund", "judicial"])
def test_a_retry_tells_no_value_that_has_changed_under_the_same_field(people: People, kind: str) -> None:
    """The names of the fields stay the same, and what stands in them does not: that would be another disclosure."""
    asked = marked(question(ali(people.secrets), kind), uuid4(), uuid4())
    (first,) = ask(people.conn, people.secrets, asked)
    moved = seal_fields(people.secrets, "person", {field: f"{field} corrected" for field in PERSONAL})
    execute(people.conn, "UPDATE person SET sealed = ?", [moved])
    (again,) = ask(people.conn, people.secrets, asked, at=AT + timedelta(hours=1))
    assert isinstance(first, AffiliationAnswer)
    assert isinstance(again, AffiliationAnswer)
    assert first.person != again.person
    assert (again.tracking_code, again.outcome) == (first.tracking_code, "active")
    assert (again.person, again.spells, again.contact) == (None, None, None)
    assert len(journalled(people.conn, "id")) == 1


def test_what_is_kept_of_an_answer_for_its_retry_says_nothing_without_the_secret(people: People) -> None:
    ask(people.conn, people.secrets, marked(question(uuid4()), uuid4(), uuid4()))
    ((told,),) = rows(people.conn, "SELECT told FROM idempotency")
    assert as_uuid(told) == digest(people.secrets, Projection())
    assert as_uuid(told) != digest(Secrets(bytes(32)), Projection())


def test_a_retry_after_the_agreements_end_is_refused_and_journalled(people: People) -> None:
    asked = marked(question(ali(people.secrets), organisation="ends today"), uuid4(), uuid4())
    ask(people.conn, people.secrets, asked)
    (again,) = ask(people.conn, people.secrets, asked, at=AT + timedelta(hours=1))
    assert isinstance(again, AffiliationAnswer)
    (again,) = ask(people.conn, people.secrets, asked, at=AT + timedelta(days=1))
    assert isinstance(again, AffiliationRefused)
    assert again.problem == "no-agreement"
    assert [row[0] for row in journalled(people.conn, "outcome")] == ["active", "refused"]


def test_today_is_the_persons_jurisdictions_day(people: People) -> None:
    late: datetime = AT.replace(hour=20, minute=45)  # a quarter past midnight in Tehran
    (reply,) = ask(people.conn, people.secrets, question(ali(people.secrets)), at=late)
    assert isinstance(reply, AffiliationAnswer)
    assert reply.today == TOMORROW
