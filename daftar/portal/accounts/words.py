"""Words for roles and for what is done to accounts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.models import Role

ROLES: dict[str, Promise] = {
    Role.CITIZEN: _("Citizen"),
    Role.OPERATOR: _("Operator: asks for the organisation"),
    Role.SUPERVISOR: _("Supervisor: sees the organisation's inquiries"),
    Role.ADMINISTRATOR: _("Administrator of the organisation"),
    Role.COUNTER: _("Office counter"),
    Role.REVIEWER: _("Reviewer of cases"),
    Role.HOTLINE: _("Hotline"),
    Role.INSURER_ADMIN: _("Headquarters"),
}

EVENTS: dict[str, Promise] = {
    "made": _("Account made"),
    "verified": _("Identity verified"),
    "closed": _("Account closed: the person proved to be somebody else"),
    "password_changed": _("Password changed"),
    "switched_off": _("Switched off"),
    "switched_on": _("Switched on"),
    "factor_on": _("Second factor set up"),
    "factor_off": _("Second factor removed"),
}
