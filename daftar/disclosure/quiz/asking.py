"""Beginning the quiz, and showing its questions again (S4.17, S4.18, S4.28). Nothing here spends a try."""

import secrets as chance
from datetime import datetime
from uuid import uuid4

import msgspec

from daftar.disclosure.quiz import LASTS, Examinee, House, NoQuestions, Passed, Questions, Ready, Refused
from daftar.disclosure.quiz.clock import moment
from daftar.disclosure.quiz.decoys import hospital_list, named
from daftar.disclosure.quiz.journal import Happened, note
from daftar.disclosure.quiz.standing import Standing, hold, keep, tally
from daftar.disclosure.quiz.stays import latest_by_hospital, stays_of
from daftar.store.dialect import Connection
from daftar.terms.jurisdictions import jurisdictions


def look(conn: Connection, who: Examinee, *, at: datetime) -> Questions | Ready | Passed | Refused:
    """Where the person stands; the questions, in their order, where they stand open."""
    standing, now = hold(conn, who.key), moment(conn, at)
    settled = standing.passed_by(who) or standing.refused(now)
    return settled or _seen(conn, who, standing, now)


def begin(conn: Connection, house: House, who: Examinee, *, at: datetime) -> Questions | Passed | Refused | NoQuestions:
    """«开始答题»: questions, the open ones where there are some. NoQuestions `no_settlement` or `no_hospital`."""
    standing, now = hold(conn, who.key), moment(conn, at)
    settled = standing.passed_by(who) or standing.refused(now)
    if settled:
        return settled
    if not standing.opens(now):
        drawn = _draw(conn, house, who, standing, now)
        if drawn is None:
            return _nothing(conn, house, who, at)
        standing = drawn
        keep(conn, who.key, standing)
        note(conn, house, who, Happened.ASKED, at=at)
    seen = _seen(conn, who, standing, now)
    assert isinstance(seen, Questions)  # they stand open
    return seen


def _seen(conn: Connection, who: Examinee, standing: Standing, now: datetime) -> Questions | Ready:
    today = jurisdictions()[who.jurisdiction].today(now)
    left = tally(conn, who.key, standing, today, now).left
    if standing.draw is None or not standing.opens(now):
        return Ready(left)
    return Questions(standing.draw, named(conn, standing.choices), left, wrong=standing.given is not None)


def _draw(conn: Connection, house: House, who: Examinee, standing: Standing, now: datetime) -> Standing | None:
    """Fresh questions: the person's list of hospitals in an order of chance."""
    latest = latest_by_hospital(stays_of(conn, who.key))
    today = jurisdictions()[who.jurisdiction].today(now)
    codes = hospital_list(conn, house.secrets, who.key, latest, today) if latest else None
    if codes is None:
        return None
    chance.SystemRandom().shuffle(codes)
    fresh = standing.without_questions()
    return msgspec.structs.replace(fresh, draw=uuid4(), choices=tuple(codes), expires_at=now + LASTS)


def _nothing(conn: Connection, house: House, who: Examinee, at: datetime) -> NoQuestions:
    why = Happened.NO_HOSPITAL if stays_of(conn, who.key) else Happened.NO_SETTLEMENT
    note(conn, house, who, why, at=at)
    return NoQuestions(why.value)
