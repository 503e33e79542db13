"""Whatever anybody does with bindings, in whatever order: against a plain oracle, and what may never be (S3.4-S3.11).

Two principals, an elder and a child who turns 16 on the way. Each act goes through the services that the pages call; no
walk leaves anything behind, because all of it is one transaction that is rolled back.
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from daftar.portal.journal.models import Inquiry
from daftar.portal.people.models import Person
from daftar.portal.proxy import persons
from daftar.portal.proxy.asked import Child
from daftar.portal.proxy.checking import bind_after_face
from daftar.portal.proxy.ending import binding_end, bindings_end_due
from daftar.portal.proxy.faces import Outcome, Verdict
from daftar.portal.proxy.letter import Agreed
from daftar.portal.proxy.models import Kinship, ProxyBinding
from daftar.portal.proxy.services import bind_at_counter, bind_by_commitment, binding_ask, binding_confirm
from daftar.portal.proxy.standing import stands, state_of
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.binding_oracle import Bond, Oracle, Pair

PEOPLE = {"first": world.RESIDENT, "second": ground.STRANGER, "elder": ground.ELDER, "child": ground.CHILD}
PAIRS = [(principal, member) for principal in ("first", "second") for member in ("elder", "child")]
KEYS = {name: world.key_of(made) for name, made in PEOPLE.items()}

BEGIN = datetime(2026, 11, 14, 4, tzinfo=UTC)
SIXTEEN = datetime(2026, 11, 22, 16, tzinfo=UTC)
"""The child's 16th birthday begins in Shanghai."""

WAITS = [timedelta(minutes=2), timedelta(minutes=9), timedelta(days=1), timedelta(days=7)]

pair = st.integers(0, 3)
"""Two people: the place among those that the walk is about."""
somebody = st.sampled_from(["", "", "", "", *PEOPLE])
"""Mostly whose right it is."""
which = st.integers(0, 9)
"""A binding, whether open or over: the place in the list, from its end."""


FACES = ["passed"] * 3 + ["another face", "too long ago", "of others", "a known picture", "used before"]


class Bindings(RuleBasedStateMachine):
    """The services beside the oracle."""

    def __init__(self) -> None:
        super().__init__()
        self.held = transaction.atomic()
        self.held.__enter__()
        self.known = Oracle(BEGIN, SIXTEEN)
        self.rows = list[UUID]()
        self.checks = list[Verdict]()
        self.before = Inquiry.objects.count()
        self.by = {name: ground.account_of(made) for name, made in PEOPLE.items()} | {"counter": ground.counter()}
        self.policy = patch.object(persons, "may_confirm_themself", lambda region, day: self.known.confirming)
        self.policy.start()

    def teardown(self) -> None:
        self.policy.stop()
        transaction.set_rollback(True)
        self.held.__exit__(None, None, None)

    @initialize(
        confirming=st.sampled_from([True, True, False]), about=st.lists(st.sampled_from(PAIRS), min_size=1, unique=True)
    )
    def begin(self, confirming: bool, about: list[Pair]) -> None:
        """A region that lets members confirm, or not; few people do more with each other than many."""
        self.known.confirming, self.about = confirming, about

    @rule(place=pair, other=pair, how=st.sampled_from(FACES))
    def face(self, place: int, other: int, how: str) -> None:
        """The member sits before the camera; or somebody would have an old or another's check count."""
        pair, of = self.two(place), self.two(other)
        now = self.verdict(pair)
        if how == "another face":
            return self.checked(pair, replace(now, outcome=Outcome.OTHER_PERSON))
        if how == "too long ago":
            return self.checked(pair, replace(now, decided_at=self.known.now - timedelta(minutes=11)), passed=False)
        if how == "of others":
            return self.checked(pair, self.verdict(of), passed=pair == of)
        old = self.checks[-1 - other % len(self.checks)] if self.checks else now
        if how == "a known picture":
            seen = now.digests | old.digests
            return self.checked(pair, replace(now, digests=seen), outcome=Outcome.REPLAYED if self.checks else None)
        if how == "used before":  # with pictures that nobody knows, as if whoever made it had forgotten them
            ours = (old.holder, old.subject) == (self.by[pair[0]].user, KEYS[pair[1]])
            fresh = self.known.now <= old.decided_at + timedelta(minutes=10)
            return self.checked(pair, replace(old, digests=frozenset({uuid4()})), passed=ours and fresh)
        return self.checked(pair, now)

    @rule(place=pair, newest=st.sampled_from([True, True, False]))
    def letter(self, place: int, newest: bool) -> None:
        """«我已阅读并同意», with the day of birth as it is."""
        pair = self.two(place)
        child = pair[1] == "child"
        bound = bind_by_commitment(
            named=ground.named(PEOPLE[pair[1]]),
            child=Child(ground.BORN if child else date(1948, 3, 5), "户口簿"),
            agreed=Agreed("2026-11" if newest else "2025-01", "zh", self.known.now),
            by=self.by[pair[0]],
            at=self.known.now,
        )
        self.same(bound, self.known.letter(pair, child=child, newest=newest))

    @rule(place=pair)
    def counter(self, place: int) -> None:
        pair = self.two(place)
        both = {"principal": KEYS[pair[0]], "member": KEYS[pair[1]], "kinship": Kinship.NOT_RELATED}
        bound = bind_at_counter(**both, by=self.by["counter"], at=self.known.now)
        self.same(bound, self.known.counter(pair))

    @rule(place=pair)
    def ask(self, place: int) -> None:
        pair = self.two(place)
        asked = binding_ask(named=ground.named(PEOPLE[pair[1]]), by=self.by[pair[0]], at=self.known.now)
        self.same(asked, self.known.ask(pair))

    @precondition(lambda self: self.rows)
    @rule(place=which, by=somebody)
    def confirm(self, place: int, by: str) -> None:
        row, bond = self.one(place)
        who = by or bond.pair[1]
        found = binding_confirm(binding=row, by=self.by[who], at=self.known.now)
        assert (found.way if isinstance(found, ProxyBinding) else found) == self.known.confirm(bond, who)

    @precondition(lambda self: self.rows)
    @rule(place=which, whose=st.sampled_from([0, 1]), side=somebody, by=somebody)
    def end(self, place: int, whose: int, side: str, by: str) -> None:
        """«解除绑定» by those who may and those who may not."""
        row, bond = self.one(place)
        side = side or bond.pair[whose]
        by = by or side
        done = binding_end(binding=row, side=KEYS[side], by=self.by[by], at=self.known.now)
        assert done == self.known.end(bond, side, by)

    @precondition(lambda self: self.rows)
    @rule(place=which, whose=st.sampled_from([0, 1]))
    def end_at_counter(self, place: int, whose: int) -> None:
        row, bond = self.one(place)
        done = binding_end(binding=row, side=KEYS[bond.pair[whose]], by=self.by["counter"], at=self.known.now)
        assert done == self.known.end(bond, bond.pair[whose], "counter")

    @rule(for_how_long=st.sampled_from(WAITS))
    def wait(self, for_how_long: timedelta) -> None:
        self.known.now += for_how_long

    @rule(seconds=st.sampled_from([-1, 0, 3600]))
    def birthday(self, seconds: int) -> None:
        """The last second in which the child is 15, the first one of 16, an hour after it."""
        self.known.now = max(self.known.now, SIXTEEN + timedelta(seconds=seconds))

    @rule()
    def due(self) -> None:
        """The thread of `calendar_watch` comes by."""
        assert bindings_end_due(at=self.known.now) == self.known.due()

    @precondition(lambda self: self.rows)
    @rule()
    def another_policy(self) -> None:
        self.known.confirming = not self.known.confirming

    @precondition(lambda self: len(self.known.told) > 4)
    @rule()
    def card_of_the_child(self) -> None:
        ground.registered(ground.CHILD, id_card_issued="2026-11-14")
        self.known.card = True

    @precondition(lambda self: len(self.known.told) > 8)
    @rule(who=st.sampled_from([*PEOPLE]))
    def death(self, who: str) -> None:
        """Late in the walk: nobody binds the dead."""
        Person.objects.filter(key=KEYS[who]).update(death_date=self.known.now.date())
        self.known.dead.add(who)

    @invariant()
    def as_the_oracle_says(self) -> None:
        """Each binding is where the oracle has it, and every move is on record with both persons; nothing else is."""
        bonds = self.known.bonds
        found = {row.pk: row for row in ProxyBinding.objects.all()}
        assert len(found) == len(self.rows) == len(bonds)
        for pk, bond in zip(self.rows, bonds, strict=True):
            row = found[pk]
            assert (row.principal, row.member, row.way) == (*(KEYS[each] for each in bond.pair), bond.way)
            state, why = state_of(row, self.known.now)
            assert (row.ended, why or "") == (bond.ended, self.known.over(bond)), state
            assert stands(row, self.known.now) == self.known.stands(bond)
        rows = Inquiry.objects.filter(mode="proxy").order_by("-id")[: Inquiry.objects.count() - self.before]
        told = Counter((row.outcome, row.reason, row.acting_for, row.key) for row in rows)
        expected = ((outcome, why, KEYS[pair[0]], KEYS[pair[1]]) for outcome, why, pair in self.known.told)
        assert told == Counter(expected)

    @invariant()
    def what_may_never_be(self) -> None:
        """From the table alone, without the oracle."""
        rows = list(ProxyBinding.objects.all())
        standing = [row for row in rows if stands(row, self.known.now)]
        assert len({(row.principal, row.member) for row in standing}) == len(standing)
        assert not [row for row in standing if row.way == "commitment" and self.known.now >= SIXTEEN]
        checks = [row.face_check for row in rows if row.way == "face"]
        assert len(set(checks)) == len(checks)
        accepted = {each.challenge for each in self.checks if each.outcome is Outcome.ACCEPTED}
        assert set(checks) <= accepted
        for row in rows:
            mine = Inquiry.objects.filter(reference=str(row.pk))
            assert mine.filter(outcome="bound").count() == bool(row.bound_at)
            assert mine.filter(outcome="ended").count() == bool(row.ended_at)
            assert row.way != "commitment" or (row.letter == "2026-11" and row.last_day == date(2026, 11, 22))
            assert row.way != "own_confirmation" or not row.bound_at or mine.get(outcome="bound").ground == "own"

    def verdict(self, pair: Pair) -> Verdict:
        """Passed a moment ago, by a picture that nobody has seen."""
        holder, new = self.by[pair[0]].user, frozenset({uuid4()})
        return Verdict(uuid4(), Outcome.ACCEPTED, holder, KEYS[pair[1]], "builtin", self.known.now, digests=new)

    def checked(self, pair: Pair, verdict: Verdict, *, passed: bool = True, outcome: Outcome | None = None) -> None:
        """Bind on a verdict, as the camera page does; `outcome` where it is another one than the verifier's."""
        self.checks.append(verdict)
        said = outcome or verdict.outcome
        named = ground.named(PEOPLE[pair[1]])
        bound = bind_after_face(named=named, verdict=verdict, by=self.by[pair[0]], at=self.known.now)
        whose = next(name for name, key in KEYS.items() if key == verdict.subject)
        about = pair if said is Outcome.ACCEPTED else (pair[0], whose)  # whose face it was to be reads of the refusal
        self.same(bound, self.known.face(about, verdict.challenge, outcome=said, passed=passed))

    def same(self, found: object, expected: str) -> None:
        """What the service answers is what the oracle does; a new row is the oracle's newest bond."""
        if isinstance(found, ProxyBinding):
            self.rows.append(found.pk)
            found = found.way
        assert found == expected

    def two(self, place: int) -> Pair:
        """Two of those whom the walk is about."""
        return self.about[place % len(self.about)]

    def one(self, place: int) -> tuple[UUID, Bond]:
        """A binding and its bond."""
        at = len(self.rows) - 1 - place % len(self.rows)
        return self.rows[at], self.known.bonds[at]


@pytest.fixture
def everybody(portal: str) -> None:
    """People with verified accounts; the journal has been written to, so that it has its writer."""
    ground.people()
    for made in PEOPLE.values():
        ground.account_of(made)
    assert ground.bind_face(ground.STRANGER, ground.account_of(world.RESIDENT), BEGIN - timedelta(days=1))
    ProxyBinding.objects.all().delete()


@pytest.mark.usefixtures("everybody")
def test_any_acts_by_anybody_in_any_order(world_url: str) -> None:
    few = settings(
        max_examples=60 if world_url.startswith("sqlite") else 15,
        stateful_step_count=25,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Bindings, settings=few)
