"""Who is behind a row of the journal, as the person reads it: a code, which the pages put into words (X.5)."""

from enum import StrEnum

from django.db.models import Q

from daftar.portal.cases.machine import RULES
from daftar.portal.journal.models import Inquiry
from daftar.terms.outcomes import Ground

BY_MOBILE = "mobile:"
"""Before the index of the mobile that asked by SMS or USSD, where an account stands otherwise."""

CASE = "case_"
"""Before the kind of the case, in the mode of a row that tells of an act."""

SIGN_UP = "sign_up"
"""Mode of a sign-up: whoever does it only says who they are, and has proven their mailbox alone."""


class Initiator(StrEnum):
    """Who looked."""

    PERSON = "person"
    RULES = "rules"  # of the insurer, which decide a case at once
    SIGN_UP = "sign_up"  # in the person's name; by the person or by anybody
    ANOTHER_ACCOUNT = "another_account"  # in the person's name, not the one they have now
    MAIN_INSURED = "main_insured"  # by the dependant's consent
    PROXY = "proxy"  # or a minor's parent
    ORGANISATION = "organisation"
    OFFICE = "office"
    INSURER = "insurer"
    BEARER = "bearer"  # of a certificate, on the public page


NOBODY_ELSE = (Initiator.PERSON, Initiator.RULES)
"""Not looks by others: neither listed as such nor to be questioned."""


def rules_acts() -> Q:
    """What the rules did in a case of the person, on whatever ground it was submitted."""
    return Q(account=RULES, mode__startswith=CASE, organisation=None)


def own_looks(account: str) -> Q:
    """Looks that the person made themself: by this account of theirs, by their mobile, or by a one-time code alone.

    What another account did in their name, one that somebody else held or that is closed, is a look by others; so is a
    sign-up, since no account stands behind it yet.
    """
    by = Q(account=None) | Q(account="") | Q(account=account) | Q(account__startswith=BY_MOBILE)
    return Q(ground=Ground.OWN) & by & ~Q(mode=SIGN_UP)


def initiator_of(row: Inquiry, account: str, *, placed: bool) -> Initiator:
    """Who is behind one row; `account` is the person's, `placed` says whether its organisation or office is named."""
    if row.account == RULES and row.mode.startswith(CASE) and row.organisation is None:
        return Initiator.RULES
    if row.ground == Ground.OWN:
        return _in_own_name(row, account)
    if row.acting_for and row.ground in (Ground.PROXY, Ground.CONSENT):
        return Initiator.MAIN_INSURED if row.ground == Ground.CONSENT else Initiator.PROXY
    if placed:
        return Initiator.ORGANISATION if row.organisation else Initiator.OFFICE
    if row.mode == "certificate":
        return Initiator.BEARER  # the public page asks nobody for a name
    return Initiator.INSURER if row.ground == Ground.DUTY else Initiator.PROXY


def _in_own_name(row: Inquiry, account: str) -> Initiator:
    """As `own_looks`, of one row."""
    if row.mode == SIGN_UP:
        return Initiator.SIGN_UP
    if row.account in (None, "", account) or str(row.account).startswith(BY_MOBILE):
        return Initiator.PERSON
    return Initiator.ANOTHER_ACCOUNT
