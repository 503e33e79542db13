"""Judging both answers together (S4.18-S4.22): right, or wrong without a word on which; three wrong lock, nine close.

Right and wrong answers take the same statements. The same answers sent twice in a row are one submission, as after a
double click or the back button; a third time they count, so that many at once are still three.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec

from daftar.disclosure.quiz import (
    LOCKED_FOR,
    WRONG_A_DAY,
    WRONG_IN_ALL,
    Closed,
    Examinee,
    Expired,
    Given,
    House,
    Locked,
    Passed,
    Refused,
    Wrong,
)
from daftar.disclosure.quiz.clock import moment
from daftar.disclosure.quiz.journal import Happened, note
from daftar.disclosure.quiz.standing import Standing, Tally, attempt, hold, keep, tally
from daftar.disclosure.quiz.stays import Stay, all_stays_of, latest_by_hospital, stays_of
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdictions

Judged = Passed | Wrong | Refused | Expired


def answer(conn: Connection, house: House, who: Examinee, given: Given, *, at: datetime) -> Judged:
    """Judge what was given. Expired, and nothing judged, when these questions stand open no more.

    Both answers must be right: the hospital is one that the person was in, and each day given is that of the most
    recent stay there that was settled directly. One day is enough; of two, both count. Who gives those of a later stay,
    known here but settled in another way, has told the truth as well.
    """
    standing, now = hold(conn, who.key), moment(conn, at)
    settled = standing.passed_by(who) or standing.refused(now)
    if settled:
        return settled
    today = jurisdictions()[who.jurisdiction].today(now)
    before = tally(conn, who.key, standing, today, now)
    stays = _asked(stays_of(conn, who.key), standing)
    if given.draw != standing.draw or not standing.opens(now) or not stays:
        return _begin_anew(conn, who, standing, given)
    digest = _digest(house.secrets, given)
    if digest == standing.given and not standing.given_twice:
        keep(conn, who.key, msgspec.structs.replace(standing, given_twice=True))
        return Wrong(before.left)
    wrong = not agrees(given, [*stays, *_asked(all_stays_of(conn, who.key), standing)])
    number = attempt(conn, who.key, at=now, day=today, wrong=wrong)
    after = Tally(before.today + wrong, before.in_all + wrong)
    if wrong:
        judged = _failed(standing, after, number, digest, now)
    else:
        judged = msgspec.structs.replace(
            standing.without_questions(), passed_at=now, account=who.account, stamp=who.stamp
        )
    keep(conn, who.key, judged)
    note(conn, house, who, *_happened(judged, now, wrong=wrong), at=at)
    return judged.passed_by(who) or judged.refused(now) or Wrong(after.left)


def agrees(given: Given, stays: Iterable[Stay]) -> bool:
    """Whether hospital and days are those of one stay; every stay is looked at, whatever the first one says."""
    if given.admitted is None and given.discharged is None:
        return False
    found = False
    for stay in stays:
        here = given.institution == stay.institution
        came = given.admitted is None or given.admitted == stay.admitted
        left = given.discharged is None or given.discharged == stay.discharged
        found |= here & came & left
    return found


def _asked(stays: Iterable[Stay], standing: Standing) -> list[Stay]:
    """The most recent stay in each hospital of the list."""
    return [stay for code, stay in latest_by_hospital(stays).items() if code in standing.choices]


def _begin_anew(conn: Connection, who: Examinee, standing: Standing, given: Given) -> Expired:
    """These questions are over; others that stand open in their place stay open."""
    if given.draw == standing.draw:
        keep(conn, who.key, standing.without_questions())
    return Expired()


def _failed(standing: Standing, after: Tally, number: int, digest: bytes, now: datetime) -> Standing:
    """The row after a wrong answer."""
    change = msgspec.structs.replace
    locks, closes = after.today >= WRONG_A_DAY, after.in_all >= WRONG_IN_ALL
    if not locks and not closes:
        return change(standing, given=digest, given_twice=False)
    over = standing.without_questions()
    if locks:
        over = change(over, locked_until=now + LOCKED_FOR, day_counts_after=number)
    return change(over, closed_at=now) if closes else over


def _happened(judged: Standing, now: datetime, *, wrong: bool) -> list[Happened]:
    if not wrong:
        return [Happened.RIGHT]
    match judged.refused(now):
        case Closed():
            return [Happened.WRONG, Happened.CLOSED]
        case Locked():
            return [Happened.WRONG, Happened.LOCKED]
    return [Happened.WRONG]


def _digest(secrets: Secrets, given: Given) -> bytes:
    """What was given, so that the same can be known again and nothing read."""
    told = msgspec.json.encode(given)
    return hashlib.blake2b(told, key=secrets.derive("quiz-given"), digest_size=16).digest()
