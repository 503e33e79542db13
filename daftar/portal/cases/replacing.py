"""One submission in the place of another: what was sent back to somebody who may act no more blocks nobody (S3.11)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.cases.powers import applicant_may
from daftar.portal.cases.stepping import citizen, held, step
from daftar.portal.journal.services import raw_connection
from daftar.store.dialect import rows
from daftar.terms.cases import BY_PROXY, CaseAct, CaseKind, CaseState

ASKED = """
SELECT what, 0 FROM material WHERE case_id = ? AND removed_at IS NULL
UNION ALL
SELECT '', id FROM "case" WHERE person = ? AND kind = ? AND matter = ? AND state = 'sent_back' AND id <> ?
"""
"""The material of a case, and the cases about the same matter that were sent back: both at once, for speed."""


def given_and_in_the_way(case: Case) -> tuple[frozenset[str], list[int]]:
    """Which material of the procedure is there; the cases that a submission may have to replace. Inside `atomic()`."""
    asked = [case.pk, case.person, case.kind, case.matter, case.pk]
    with connection.wrap_database_errors:
        found = rows(raw_connection(), ASKED, asked)
    may_replace = case.matter and CaseKind(case.kind) in BY_PROXY  # who objects may have no account at all
    return frozenset(what for what, id in found if not id), [id for _, id in found if id and may_replace]


def replace_stuck(in_the_way: Sequence[int], *, by: Account, at: datetime) -> None:
    """Withdraw of the cases about the same matter what was sent back and its applicant cannot correct; in `atomic()`.

    While they still may, it stands, and the submission is told that another case is open. Each of its two persons is
    told; what was submitted then takes its place whatever becomes of it.
    """
    for id in in_the_way:
        stuck = held(id)
        if stuck.state == CaseState.SENT_BACK and not applicant_may(stuck, at):
            step(stuck, CaseAct.REPLACE, by=citizen(by), at=at)
