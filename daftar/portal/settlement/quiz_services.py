"""The quiz from the portal: each step is one transaction of Django's, in which the person's row is held (S4.20)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.disclosure.quiz import Examinee, Given, House, NoQuestions, Passed, Questions, Ready, Refused, reopening
from daftar.disclosure.quiz.answering import Judged, answer
from daftar.disclosure.quiz.asking import begin, look
from daftar.portal.accounts.credentials import credentials_stamp
from daftar.portal.accounts.models import Account
from daftar.portal.journal.services import TRACKING, WRITER, raw_connection
from daftar.store.keys import Key

HOUSE = House(settings.SECRETS, WRITER, TRACKING)


def examinee(account: Account) -> Examinee:
    """The citizen behind an account."""
    return Examinee(
        key=Key(account.person_key),
        jurisdiction=account.jurisdiction,
        account=account.pk,
        user=account.user,
        stamp=credentials_stamp(account),
    )


@transaction.atomic
def quiz_look(account: Account, *, at: datetime) -> Questions | Ready | Passed | Refused:
    """Where a citizen stands."""
    return look(raw_connection(), examinee(account), at=at)


@transaction.atomic
def quiz_begin(account: Account, *, at: datetime) -> Questions | Passed | Refused | NoQuestions:
    """«开始答题» (S4.17)."""
    return begin(raw_connection(), HOUSE, examinee(account), at=at)


@transaction.atomic
def quiz_answer(account: Account, given: Given, *, at: datetime) -> Judged:
    """Judge both answers; what was counted stays counted."""
    return answer(raw_connection(), HOUSE, examinee(account), given, at=at)


@transaction.atomic
def quiz_refusal(person: UUID, *, at: datetime) -> Refused | None:
    """Whether a person's quiz is locked or closed."""
    return reopening.refusal(raw_connection(), Key(person), at=at)


@transaction.atomic
def quiz_reopen(person: UUID, *, by: Account, at: datetime) -> bool:
    """An office opens a closed quiz again."""
    return reopening.reopen(raw_connection(), HOUSE, Key(person), by=by.user, office=by.office or None, at=at)
