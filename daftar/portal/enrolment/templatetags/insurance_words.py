"""Filters for what somebody is enrolled in: the insurance, its state, what is paid, the place."""

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.region_picker import region_name
from daftar.portal.enrolment.selectors import Insurance, InsuranceState, Paid
from daftar.portal.theme.forms import say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import digits
from daftar.terms.calendars import show_day_short
from daftar.terms.texts import worded

register = template.Library()

STATES = {
    InsuranceState.AHEAD: _("not in force yet"),
    InsuranceState.NORMAL: _("normal"),
    InsuranceState.SUSPENDED: _("suspended"),
    InsuranceState.ENDED: _("ended"),
}


@register.filter
def insurance_name(insurance: Insurance) -> str:
    """险种类型; of a source that does not say it, the kind of the relationship."""
    if insurance.insurance_type:
        return worded("insurance_type", insurance.insurance_type, language())
    return say(f"basis.{insurance.row.kind}")


@register.filter
def insurance_state(state: InsuranceState) -> str:
    """参保状态."""
    return str(STATES[state])


@register.filter
def paid_word(paid: Paid) -> str:
    """缴费状态."""
    if paid.by_enrolment:
        return gettext("year %(year)s: the enrolment counts as paid") % {"year": digits(paid.year)}
    if paid.year:
        return gettext("year %(year)s paid") % {"year": digits(paid.year)}
    if paid.month:
        return gettext("paid up to %(month)s") % {"month": show_day_short(paid.month, language())[:7]}
    return gettext("nothing is paid yet")


@register.filter
def place_name(code: str) -> str:
    """A region with those above it; the code of one that the directory does not know."""
    return region_name(code)
