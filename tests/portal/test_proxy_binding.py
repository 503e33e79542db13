"""Binding a member by face, by one's own confirmation, at a counter (S3.2, S3.4-S3.8)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from daftar.portal.accounts.models import Account
from daftar.portal.people.models import Person
from daftar.portal.proxy import persons
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.ending import binding_end
from daftar.portal.proxy.faces import Outcome
from daftar.portal.proxy.models import Ended, Kinship, ProxyBinding, Way
from daftar.portal.proxy.selectors import bindings_of_member, bindings_of_principal
from daftar.portal.proxy.services import bind_at_counter, bind_by_face, binding_ask, binding_confirm
from daftar.portal.proxy.standing import ANSWER_WITHIN, State
from daftar.terms.texts import text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import told
from tests.portal.binding import CHILD, ELDER, NOON, STRANGER, bind_face, mail_of, messages_to, named, verdict

pytestmark = pytest.mark.usefixtures("portal")
PRINCIPAL = world.RESIDENT


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, verified."""
    return ground.people()


@pytest.fixture
def confirming(monkeypatch: pytest.MonkeyPatch) -> None:
    """A region whose policy lets members confirm from their own log-in."""
    monkeypatch.setattr(persons, "may_confirm_themself", lambda region, day: "cn-360000" in region)


def test_who_passed_the_face_check_is_bound_and_both_are_told(principal: Account) -> None:
    elder = ground.account_of(ELDER)
    bound = bind_face(ELDER, principal)
    assert isinstance(bound, ProxyBinding)
    assert (bound.way, bound.bound_at, bound.last_day) == (Way.FACE, NOON, None)
    (mine,) = bindings_of_principal(world.key_of(PRINCIPAL), NOON)
    (hers,) = bindings_of_member(elder.person_key, NOON)
    assert (mine.member_name, mine.kinship, mine.stands) == ("李秀英", Kinship.PARENT, True)
    assert hers.principal_name == "王伟"
    assert messages_to(mail_of(PRINCIPAL)) == [text("mail.proxy_bound", "zh", member="李秀英")]
    assert messages_to(mail_of(ELDER)) == [text("mail.proxy_acts", "zh", principal="王伟")]


def test_a_member_without_account_is_told_by_the_mobile_on_record(principal: Account) -> None:
    bind_face(ELDER, principal)
    assert messages_to("+8613800000011") == [text("sms.proxy_acts", "zh", principal="王伟")]


def test_the_journal_names_both_persons(principal: Account) -> None:
    bound = bind_face(ELDER, principal)
    (row,) = told(world.key_of(ELDER))
    assert (row.mode, row.outcome, row.reason, row.ground) == ("proxy", "bound", "face", "proxy")
    assert (row.key, row.acting_for) == (world.key_of(ELDER), world.key_of(PRINCIPAL))
    assert (row.account, row.reference, row.shown) == (principal.user, str(bound.pk), "binding")


def test_nothing_personal_lies_in_clear(principal: Account) -> None:
    bind_face(ELDER, principal)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM proxy_binding")
        row = b" ".join(
            bytes(each) if isinstance(each, memoryview | bytes) else str(each).encode() for each in cursor.fetchone()
        )
    for secret in ("李秀英", "王伟", "parent", ELDER[1]):
        assert secret.encode() not in row


@pytest.mark.parametrize(
    "changed",
    [{"outcome": Outcome.OTHER_PERSON}, {"outcome": Outcome.STILL_PICTURE}, {"outcome": Outcome.REPLAYED}],
    ids=lambda changed: changed["outcome"],
)
def test_a_face_that_did_not_pass_binds_nobody(principal: Account, changed: dict[str, Outcome]) -> None:
    decided = verdict(ELDER, principal, NOON, **changed)
    assert bind_by_face(named=named(ELDER), verdict=decided, by=principal, at=NOON) is Refusal.FACE_NOT_PASSED
    assert not ProxyBinding.objects.exists()
    (row,) = told(world.key_of(ELDER))
    assert (row.outcome, row.reason, row.acting_for) == ("refused", "face_not_passed", principal.person_key)


def test_a_verdict_is_for_one_member_one_account_and_ten_minutes(principal: Account) -> None:
    other = ground.account_of(STRANGER)
    of_another_member, by_another = verdict(STRANGER, principal, NOON), verdict(ELDER, other, NOON)
    old = verdict(ELDER, principal, NOON - timedelta(minutes=11))
    for decided in (of_another_member, by_another, old):
        assert bind_by_face(named=named(ELDER), verdict=decided, by=principal, at=NOON) is Refusal.FACE_NOT_PASSED


def test_one_face_check_binds_once_even_when_its_binding_was_ended(principal: Account) -> None:
    elder = ground.account_of(ELDER)
    decided = verdict(ELDER, principal, NOON)
    bound = bind_by_face(named=named(ELDER), verdict=decided, by=principal, at=NOON)
    assert binding_end(binding=bound.pk, side=elder.person_key, by=elder, at=NOON)
    later = NOON + timedelta(minutes=2)
    assert bind_by_face(named=named(ELDER), verdict=decided, by=principal, at=later) is Refusal.FACE_NOT_PASSED
    assert isinstance(bind_face(ELDER, principal, later), ProxyBinding)


@pytest.mark.usefixtures("confirming")
def test_a_face_check_that_bound_already_takes_back_no_ask(principal: Account) -> None:
    elder = ground.account_of(ELDER)
    decided = verdict(ELDER, principal, NOON)
    bound = bind_by_face(named=named(ELDER), verdict=decided, by=principal, at=NOON)
    binding_end(binding=bound.pk, side=elder.person_key, by=elder, at=NOON)
    asked = binding_ask(named=named(ELDER), by=principal, at=NOON)
    assert bind_by_face(named=named(ELDER), verdict=decided, by=principal, at=NOON) is Refusal.FACE_NOT_PASSED
    assert isinstance(binding_confirm(binding=asked.pk, by=elder, at=NOON), ProxyBinding)


def test_the_same_member_is_not_bound_twice(principal: Account) -> None:
    bind_face(ELDER, principal)
    assert bind_face(ELDER, principal, NOON + timedelta(days=1)) is Refusal.ALREADY_BOUND
    assert ProxyBinding.objects.count() == 1
    assert isinstance(bind_face(ELDER, ground.account_of(STRANGER)), ProxyBinding)  # another principal may


def test_two_at_once_bind_once(principal: Account) -> None:
    def bind(_: int) -> object:
        try:
            return bind_face(ELDER, principal)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(bind, range(4)))
    assert sum(isinstance(each, ProxyBinding) for each in found) == 1
    assert found.count(Refusal.ALREADY_BOUND) == 3


@pytest.mark.parametrize("moved", [PRINCIPAL, ELDER], ids=["principal", "member"])
def test_both_are_insured_where_the_service_is_offered(principal: Account, moved: ground.Made) -> None:
    Person.objects.filter(key=world.key_of(moved)).update(insured_region=ground.HANGZHOU)
    assert bind_face(ELDER, principal) is Refusal.REGION_NOT_SERVED
    Person.objects.filter(key=world.key_of(moved)).update(insured_region="")
    assert bind_face(ELDER, principal) is Refusal.REGION_NOT_SERVED


def test_another_name_an_unknown_number_and_the_dead_are_one_answer(principal: Account) -> None:
    unknown = named(("cn-resident-id", world.cn_id(99, date(1990, 1, 1)), ""), "李秀英")
    for typed in (unknown, named(ELDER, "李秀兰"), named(ELDER, "字" * 500), named(ELDER, "123")):
        decided = verdict(ELDER, principal, NOON)
        assert bind_by_face(named=typed, verdict=decided, by=principal, at=NOON) is Refusal.NOT_MATCHED
    Person.objects.filter(key=world.key_of(ELDER)).update(death_date=date(2026, 1, 1))
    assert bind_face(ELDER, principal) is Refusal.NOT_MATCHED


def test_neither_oneself_nor_by_an_account_that_is_not_verified(principal: Account) -> None:
    assert bind_face(PRINCIPAL, principal) is Refusal.ONESELF
    assert bind_face(ELDER, ground.account_of(STRANGER, verified=False)) is Refusal.NOT_VERIFIED


def test_a_region_without_the_policy_asks_nobody_to_confirm(principal: Account) -> None:
    assert binding_ask(named=named(ELDER), by=principal, at=NOON) is Refusal.CONFIRMATION_NOT_OFFERED


@pytest.mark.usefixtures("confirming")
def test_the_member_says_yes_from_their_own_log_in(principal: Account) -> None:
    elder = ground.account_of(ELDER)
    asked = binding_ask(named=named(ELDER), by=principal, at=NOON)
    assert [each.state for each in bindings_of_member(elder.person_key, NOON)] == [State.ASKED]
    assert messages_to(mail_of(ELDER)) == [text("mail.proxy_asked", "zh", principal="王伟")]
    assert binding_ask(named=named(ELDER), by=principal, at=NOON) is Refusal.ALREADY_ASKED
    later = NOON + timedelta(days=1)
    assert binding_confirm(binding=asked.pk, by=principal, at=later) is Refusal.OVER  # not the principal's to say
    assert binding_confirm(binding=uuid4(), by=elder, at=later) is Refusal.OVER
    bound = binding_confirm(binding=asked.pk, by=elder, at=later)
    assert (bound.bound_at, bound.way) == (later, Way.OWN_CONFIRMATION)
    rows = [(row.outcome, row.ground) for row in told(elder.person_key)]
    assert rows == [("asked", "proxy"), ("refused", "proxy"), ("bound", "own")]
    assert binding_confirm(binding=asked.pk, by=elder, at=later) is Refusal.OVER


@pytest.mark.usefixtures("confirming")
def test_an_ask_is_over_after_a_week_and_can_be_made_again(principal: Account) -> None:
    elder = ground.account_of(ELDER)
    asked = binding_ask(named=named(ELDER), by=principal, at=NOON)
    late = NOON + ANSWER_WITHIN
    assert binding_confirm(binding=asked.pk, by=elder, at=late) is Refusal.OVER
    again = binding_ask(named=named(ELDER), by=principal, at=late)
    assert isinstance(again, ProxyBinding)
    asked.refresh_from_db()
    assert (asked.ended, asked.ended_at) == (Ended.UNANSWERED, late)


def test_a_policy_that_ended_meanwhile_confirms_nothing(principal: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    elder = ground.account_of(ELDER)
    with monkeypatch.context() as while_allowed:
        while_allowed.setattr(persons, "may_confirm_themself", lambda region, day: True)
        asked = binding_ask(named=named(ELDER), by=principal, at=NOON)
    assert binding_confirm(binding=asked.pk, by=elder, at=NOON) is Refusal.CONFIRMATION_NOT_OFFERED
    assert isinstance(bind_face(ELDER, principal), ProxyBinding)  # the ask gives way to the face
    asked.refresh_from_db()
    assert asked.ended == Ended.WITHDRAWN


@pytest.mark.usefixtures("confirming")
def test_an_account_that_is_not_verified_confirms_nothing(principal: Account) -> None:
    elder = ground.account_of(ELDER, verified=False)
    asked = binding_ask(named=named(ELDER), by=principal, at=NOON)
    assert binding_confirm(binding=asked.pk, by=elder, at=NOON) is Refusal.NOT_VERIFIED


def test_a_counter_that_sees_both_binds_them(principal: Account) -> None:
    both = {"principal": world.key_of(PRINCIPAL), "member": world.key_of(ELDER), "kinship": Kinship.NOT_RELATED}
    bound = bind_at_counter(**both, by=ground.counter(), at=NOON)
    assert (bound.way, bound.checked_by, bound.office) == (Way.COUNTER, "counter", world.OFFICE)
    (row,) = told(world.key_of(ELDER))
    assert (row.channel, row.ground, row.office, row.acting_for) == (
        "counter",
        "duty",
        world.OFFICE,
        world.key_of(PRINCIPAL),
    )
    assert bind_at_counter(**both, by=ground.counter(), at=NOON) is Refusal.ALREADY_BOUND
    iran = both | {"member": world.key_of(world.PAID)}
    assert bind_at_counter(**iran, by=ground.counter(), at=NOON) is Refusal.REGION_NOT_SERVED


def test_a_child_with_a_card_is_bound_by_face_like_anybody(principal: Account) -> None:
    ground.registered(CHILD, id_card_issued="2025-01-01")
    assert isinstance(bind_face(CHILD, principal), ProxyBinding)
