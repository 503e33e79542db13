"""Who sees a case and who may do something to it: its applicant while they may act, and whom it is for (S3.11)."""

from datetime import datetime
from uuid import UUID

from daftar.disclosure.kin import may_act_for
from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.journal.services import raw_connection
from daftar.store.keys import Key
from daftar.terms.cases import BY_PROXY, CaseKind
from daftar.terms.jurisdictions import jurisdictions


def sees(case: Case, actor: UUID | None) -> bool:
    """Applicants go on seeing how their cases go also when the binding has ended (S3.11); a draft is theirs alone."""
    return actor == case.applicant or (actor == case.person and case.submitted_at is not None)


def may_change(case: Case, actor: UUID | None, at: datetime) -> bool:
    """Whether somebody who sees a case may still do something to it: powers end with the binding. In `atomic()`."""
    return sees(case, actor) and speaks_for(actor, case.person, CaseKind(case.kind), case.jurisdiction, at)


def applicant_may(case: Case, at: datetime) -> bool:
    """Whether who submitted a case can still correct it: they have an account, and a binding stands. In `atomic()`."""
    with_account = Account.objects.filter(person_key=case.applicant, is_active=True)
    return may_change(case, case.applicant, at) and with_account.exists()


def speaks_for(actor: UUID | None, person: UUID, kind: CaseKind, jurisdiction: str, at: datetime) -> bool:
    """Whether somebody may ask for this on behalf of a person; everybody for themself. In `atomic()`."""
    if actor is None or actor == person:
        return actor is not None
    if kind not in BY_PROXY:
        return False
    day = jurisdictions()[jurisdiction].today(at)
    return may_act_for(raw_connection(), Key(actor), Key(person), day=day)
