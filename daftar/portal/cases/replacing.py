"""One submission in the place of another: what was sent back to somebody who may act no more blocks nobody (S3.11)."""

from datetime import datetime

from django.db import connection

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.cases.powers import applicant_may
from daftar.portal.cases.stepping import citizen, held, step
from daftar.portal.journal.services import raw_connection
from daftar.store.dialect import rows
from daftar.terms.cases import BY_PROXY, CaseAct, CaseKind, CaseState

STANDING = """SELECT id FROM "case"
    WHERE person = ? AND kind = ? AND matter = ? AND state = 'sent_back' AND id <> ?"""


def replace_stuck(submitted: Case, *, by: Account, at: datetime) -> None:
    """Withdraw the case about the same matter that was sent back and that its applicant cannot correct; in `atomic()`.

    While they still may, it stands, and the submission is told that another case is open. Each of its two persons is
    told; what was submitted then takes its place whatever becomes of it.
    """
    if not submitted.matter or CaseKind(submitted.kind) not in BY_PROXY:
        return  # who objects may have no account at all
    asked = [submitted.person, submitted.kind, submitted.matter, submitted.pk]
    with connection.wrap_database_errors:
        found = rows(raw_connection(), STANDING, asked)
    for (id,) in found:
        stuck = held(id)
        if stuck.state == CaseState.SENT_BACK and not applicant_may(stuck, at):
            step(stuck, CaseAct.REPLACE, by=citizen(by), at=at)
