"""Acting for a member: the choice in the session, what a proxy may do, the persons of a journal entry (S3.3, S3.20)."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from daftar.disclosure.kin import may_act_for
from daftar.portal.accounts.models import Account
from daftar.portal.journal.services import raw_connection
from daftar.portal.people.models import Person
from daftar.portal.proxy.acting import (
    CHOICE,
    BindingOver,
    act_for,
    act_for_oneself,
    acting_for,
    persons,
)
from daftar.portal.proxy.acts import TABLE, Act, may
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.ending import binding_end
from daftar.portal.proxy.models import Ended, Kinship, ProxyBinding, Way
from daftar.portal.proxy.standing import State
from daftar.terms.outcomes import Ground
from daftar.terms.texts import LANGUAGES, catalogue
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.binding import CHILD, ELDER, NOON, STRANGER, bind_child, bind_face

pytestmark = pytest.mark.usefixtures("portal")
LATER = NOON + timedelta(hours=1)
GIVEN_BY_THE_GUIDES = {
    *(Act.FILE, Act.REVOKE_FILING, Act.SEE_FILINGS, Act.ENROL),
    *(Act.SEE_ENROLMENT, Act.SEE_PROGRESS, Act.ASK_ENTITLEMENT),
}


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, verified."""
    return ground.people()


@pytest.fixture
def bound(principal: Account) -> ProxyBinding:
    """He acts for 李秀英."""
    made = bind_face(ELDER, principal)
    assert isinstance(made, ProxyBinding)
    return made


def visit(user: object) -> SimpleNamespace:
    """A request as `acting` sees it: a user and a session."""
    return SimpleNamespace(user=user, session={})


def test_oneself_first_then_a_member_then_oneself_again(principal: Account, bound: ProxyBinding) -> None:
    request = visit(principal)
    assert acting_for(request, at=NOON) is None
    chosen = act_for(request, bound.pk, at=NOON)
    acting = acting_for(request, at=NOON)
    assert chosen == acting
    assert (acting.member, acting.principal, acting.member_name) == (
        world.key_of(ELDER),
        principal.person_key,
        "李秀英",
    )
    assert request.session == {CHOICE: str(bound.pk)}, "nothing personal in the session"
    act_for_oneself(request)
    assert acting_for(request, at=NOON) is None


def test_nobody_acts_by_anothers_binding(bound: ProxyBinding) -> None:
    member = ground.account_of(ELDER)
    for user in (ground.account_of(STRANGER), member, ground.counter(), AnonymousUser()):
        request = visit(user)
        assert act_for(request, bound.pk, at=NOON) is None
        assert request.session == {}
        request.session[CHOICE] = str(bound.pk)
        with pytest.raises(BindingOver):
            acting_for(request, at=NOON)


def test_a_choice_that_ended_is_told_and_never_taken_for_oneself(principal: Account, bound: ProxyBinding) -> None:
    request = visit(principal)
    act_for(request, bound.pk, at=NOON)
    binding_end(binding=bound.pk, side=bound.member, by=ground.account_of(ELDER), at=LATER)
    with pytest.raises(BindingOver):
        acting_for(request, at=LATER)
    assert acting_for(request, at=LATER) is None
    assert act_for(request, bound.pk, at=LATER) is None
    assert act_for(request, uuid4(), at=LATER) is None


def test_an_account_that_lost_its_verification_acts_for_nobody(principal: Account, bound: ProxyBinding) -> None:
    principal.verified_at = None
    assert act_for(visit(principal), bound.pk, at=NOON) is None


@pytest.mark.parametrize("dead", [ELDER, world.RESIDENT], ids=["member", "principal"])
def test_nobody_acts_for_the_dead_nor_by_them(principal: Account, bound: ProxyBinding, dead: ground.Made) -> None:
    Person.objects.filter(key=world.key_of(dead)).update(death_date=date(2026, 11, 20))
    assert act_for(visit(principal), bound.pk, at=NOON) is None
    assert not may(bound, Act.FILE, at=NOON)


def test_a_proxy_may_what_the_guides_give_and_nothing_else(bound: ProxyBinding) -> None:
    assert set(TABLE) == set(Act)
    assert {act for act in Act if may(bound, act, at=NOON)} == GIVEN_BY_THE_GUIDES
    assert all(permission.source for permission in TABLE.values())


def test_a_binding_that_is_over_gives_nothing(principal: Account) -> None:
    bound = bind_child(principal)
    assert may(bound, Act.ENROL, at=NOON)
    birthday = NOON + timedelta(hours=12)
    assert not any(may(bound, act, at=birthday) for act in Act)


def test_the_persons_of_a_journal_entry(principal: Account, bound: ProxyBinding) -> None:
    own = persons(principal.person_key, None)
    assert (own.key, own.acting_for, own.ground) == (principal.person_key, None, Ground.OWN)
    request = visit(principal)
    other = persons(principal.person_key, act_for(request, bound.pk, at=NOON))
    assert (other.key, other.acting_for, other.ground) == (world.key_of(ELDER), principal.person_key, Ground.PROXY)


def test_the_room_below_sees_the_same_binding(principal: Account, bound: ProxyBinding) -> None:
    both = (principal.person_key, world.key_of(ELDER))
    with transaction.atomic():
        conn = raw_connection()
        assert may_act_for(conn, *both, day=NOON.date())
        assert not may_act_for(conn, *reversed(both), day=NOON.date())
        binding_end(binding=bound.pk, side=bound.principal, by=principal, at=LATER)
        assert not may_act_for(conn, *both, day=NOON.date())
        child = bind_child(principal)
        assert may_act_for(conn, principal.person_key, world.key_of(CHILD), day=child.last_day)
        assert not may_act_for(conn, principal.person_key, world.key_of(CHILD), day=ground.BORN.replace(year=2026))


@pytest.mark.parametrize("who", ["principal", "member"])
def test_death_ends_it_in_the_room_below_too(principal: Account, bound: ProxyBinding, who: str) -> None:
    both = (bound.principal, bound.member)
    with transaction.atomic():
        assert may_act_for(raw_connection(), *both, day=NOON.date())
        Person.objects.filter(key=getattr(bound, who)).update(death_date=NOON.date())
        assert not may_act_for(raw_connection(), *both, day=NOON.date())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_its_text(language: str) -> None:
    known = catalogue(language)
    for section, words in (
        ("proxy_act", Act),
        ("proxy_refused", Refusal),
        ("proxy_state", State),
        ("proxy_ended", Ended),
        ("proxy_way", Way),
        ("kinship", Kinship),
    ):
        assert {code for code in known if code.startswith(f"{section}.")} == {f"{section}.{word}" for word in words}
    for code in ("proxy_bound", "proxy_acts", "proxy_asked", "proxy_ended", "proxy_sixteen"):
        assert {f"mail.{code}", f"mail_subject.{code}", f"sms.{code}"} <= known.keys()


@pytest.mark.parametrize(
    "wrong",
    [
        {"ended": "by_member"},
        {"ended_at": NOON},
        {"letter": "2026-11"},
        {"face_check": None},
        {"way": "commitment"},
        {"way": "counter", "checked_by": ""},
        {"member": world.key_of(world.PAID), "principal": world.key_of(world.PAID)},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_the_table_itself_refuses_halves(bound: ProxyBinding, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProxyBinding.objects.filter(pk=bound.pk).update(**wrong)
