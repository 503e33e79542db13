"""«解除绑定»: either side ends a binding at once; the row stays (S3.6, S3.11)."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from daftar.portal.accounts.models import Account
from daftar.portal.proxy import persons
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.calendar_watch import keep_ending
from daftar.portal.proxy.ending import binding_end, bindings_end_due
from daftar.portal.proxy.models import Ended, ProxyBinding
from daftar.portal.proxy.selectors import binding_seen, bindings_of_principal
from daftar.portal.proxy.services import binding_ask
from daftar.portal.proxy.standing import ANSWER_WITHIN, State, stands
from daftar.terms.texts import text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import told
from tests.portal.binding import ELDER, NOON, STRANGER, bind_face, mail_of, messages_to, named

pytestmark = pytest.mark.usefixtures("portal")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, verified."""
    return ground.people()


@pytest.fixture
def elder(principal: Account) -> Account:
    """李秀英 with an account of her own."""
    return ground.account_of(ELDER)


@pytest.fixture
def bound(principal: Account, elder: Account) -> ProxyBinding:
    """王伟 acts for 李秀英."""
    made = bind_face(ELDER, principal)
    assert isinstance(made, ProxyBinding)
    return made


@pytest.mark.parametrize(
    ("side", "why", "ground_of_it"),
    [("principal", Ended.BY_PRINCIPAL, "proxy"), ("elder", Ended.BY_MEMBER, "own")],
)
def test_either_side_ends_it_and_both_are_told(
    bound: ProxyBinding, side: str, why: Ended, ground_of_it: str, request: pytest.FixtureRequest
) -> None:
    account: Account = request.getfixturevalue(side)
    assert binding_end(binding=bound.pk, side=account.person_key, by=account, at=LATER)
    bound.refresh_from_db()
    assert (bound.ended, bound.ended_at, bound.ended_by) == (why, LATER, account.user)
    assert not stands(bound, LATER)
    told_both = text("mail.proxy_ended", "zh", principal="王伟", member="李秀英")
    assert messages_to(mail_of(world.RESIDENT))[0] == messages_to(mail_of(ELDER))[0] == told_both
    row = told(world.key_of(ELDER))[-1]
    assert (row.outcome, row.reason, row.ground) == ("ended", why, ground_of_it)
    assert row.acting_for == world.key_of(world.RESIDENT)


def test_a_double_click_ends_once(bound: ProxyBinding, principal: Account) -> None:
    ends = [binding_end(binding=bound.pk, side=principal.person_key, by=principal, at=LATER) for _ in range(2)]
    assert ends == [True, False]
    assert [row.outcome for row in told(world.key_of(ELDER))] == ["bound", "ended"]


def test_history_stays_and_a_new_binding_comes_first(bound: ProxyBinding, principal: Account) -> None:
    binding_end(binding=bound.pk, side=principal.person_key, by=principal, at=LATER)
    again = bind_face(ELDER, principal, LATER + timedelta(hours=1))
    seen = bindings_of_principal(principal.person_key, LATER + timedelta(hours=1))
    assert [(each.row.pk, each.state) for each in seen] == [(again.pk, State.BOUND), (bound.pk, State.ENDED)]


def test_strangers_and_accounts_that_are_not_verified_end_nothing(bound: ProxyBinding, elder: Account) -> None:
    stranger = ground.account_of(STRANGER)
    for side in (stranger.person_key, elder.person_key):
        assert not binding_end(binding=bound.pk, side=side, by=stranger, at=LATER)
    elder.verified_at, elder.verified_by = None, ""
    elder.save()
    assert not binding_end(binding=bound.pk, side=elder.person_key, by=elder, at=LATER)
    assert binding_seen(bound.pk, stranger.person_key, LATER) is None
    assert binding_seen(bound.pk, elder.person_key, LATER).stands


def test_a_counter_ends_it_for_who_stands_before_it(bound: ProxyBinding) -> None:
    assert binding_end(binding=bound.pk, side=world.key_of(ELDER), by=ground.counter(), at=LATER)
    bound.refresh_from_db()
    assert (bound.ended, bound.ended_by) == (Ended.BY_MEMBER, "counter")
    row = told(world.key_of(ELDER))[-1]
    assert (row.channel, row.ground, row.office) == ("counter", "duty", world.OFFICE)


@pytest.mark.parametrize(("side", "why"), [("principal", Ended.WITHDRAWN), ("elder", Ended.DECLINED)])
def test_what_was_asked_is_taken_back_or_declined(
    principal: Account,
    elder: Account,
    side: str,
    why: Ended,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setattr(persons, "may_confirm_themself", lambda region, day: True)
    asked = binding_ask(named=named(ELDER), by=principal, at=NOON)
    account: Account = request.getfixturevalue(side)
    assert binding_end(binding=asked.pk, side=account.person_key, by=account, at=LATER)
    asked.refresh_from_db()
    assert (asked.ended, asked.bound_at) == (why, None)
    assert binding_ask(named=named(ELDER), by=principal, at=LATER) is not Refusal.ALREADY_ASKED


@pytest.mark.usefixtures("elder")
def test_an_ask_without_answer_is_ended_by_the_calendar(principal: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persons, "may_confirm_themself", lambda region, day: True)
    binding_ask(named=named(ELDER), by=principal, at=NOON)
    assert bindings_end_due(at=NOON + ANSWER_WITHIN - timedelta(seconds=1)) == 0
    assert bindings_end_due(at=NOON + ANSWER_WITHIN) == 1
    (seen,) = bindings_of_principal(principal.person_key, NOON + ANSWER_WITHIN)
    assert (seen.state, seen.ended) == (State.ENDED, Ended.UNANSWERED)


def test_the_watch_ends_what_is_due_and_stops_when_told(principal: Account) -> None:
    made = bind_face(ELDER, principal)
    week = datetime.now(UTC) - ANSWER_WITHIN
    asked = ProxyBinding.objects.create(
        principal=principal.person_key,
        member=world.key_of(STRANGER),
        jurisdiction="cn",
        way="own_confirmation",
        asked_at=week,
        sealed=made.sealed,
    )
    stop = threading.Event()
    watch = threading.Thread(target=keep_ending, args=(stop,), kwargs={"every": 0.05})
    watch.start()
    for _ in range(100):
        asked.refresh_from_db()
        if asked.ended:
            break
        stop.wait(0.05)
    stop.set()
    watch.join(5)
    assert not watch.is_alive()
    assert asked.ended == Ended.UNANSWERED
    made.refresh_from_db()
    assert made.ended_at is None
