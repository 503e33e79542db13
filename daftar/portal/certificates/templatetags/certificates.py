"""Filters of the certificates' pages: numbers and codes in groups, names, what happened."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.certificates import Applicant, words
from daftar.terms.certificate_codes import code_in_fours, number_in_fours

register = template.Library()

STATES: dict[str, Promise] = {
    "issued": _("Not opened yet"),
    "opened": _("Opened"),
    "revoked": _("Revoked"),
    "expired": _("Expired"),
    "locked": _("Locked"),
}
HAPPENED: dict[str, Promise] = {
    "issued": _("Issued"),
    "shown": _("Looked at"),
    "printed": _("Printed"),
    "code_shown": _("Access code shown"),
    "opened": _("Opened"),
    "revoked": _("Revoked"),
    "checked": _("Checked: is it valid?"),
    "checked_often": _("Checked very often: the other checks of this hour are not listed"),
    "wrong_code": _("Wrong access code"),
    "locked": _("Refused: locked"),
    "refused_revoked": _("Refused: revoked"),
    "refused_expired": _("Refused: expired"),
    "not_found": _("Refused: not found"),
    "not_addressed": _("Refused: addressed to another organisation"),
    "too_many": _("Refused: too many attempts"),
    "no_agreement": _("Refused: no agreement in force"),
    "forged": _("Refused: QR code forged"),
    "altered": _("Refused: PDF altered"),
    "not_ours": _("Refused: PDF not ours"),
    "no_certificate": _("Refused: another paper of ours"),
}


@register.filter
def number_groups(number: str) -> str:
    """A certificate's number in fours, Latin digits."""
    return number_in_fours(number)


@register.filter
def code_groups(code: str) -> str:
    """An access code in fours."""
    return code_in_fours(code)


@register.filter
def applicant_name(applicant: Applicant) -> str:
    """Both names of a person."""
    return words.applicant_name(applicant)


@register.filter
def state_word(state: str) -> Promise:
    """What a state is called."""
    return STATES[state]


@register.filter
def happened_word(what: str) -> Promise:
    """What something that happened is called."""
    return HAPPENED[what]
