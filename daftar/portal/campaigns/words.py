"""Words of campaigns: who can be told how, and how far a campaign is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.campaigns.models import Group, State

REACHES: dict[str, Promise] = {
    "providers-sms": _("Providers, by SMS to their registered mobiles"),
    "providers-mail": _("Users of providers, by mail"),
    "insured-sms": _("The insured, by SMS to their verified mobiles"),
    "insured-mail": _("The insured who have an account, by mail"),
    "staff-mail": _("Staff of the insurer, by mail"),
}
STATES: dict[str, Promise] = {
    State.DRAFT: _("draft"),
    State.SENDING: _("being sent"),
    State.STOPPED: _("stopped"),
    State.DONE: _("sent"),
}
GROUPS: dict[str, Promise] = {
    Group.PROVIDERS: _("Providers"),
    Group.INSURED: _("The insured"),
    Group.STAFF: _("Staff of the insurer"),
}
CHANNELS: dict[str, Promise] = {"sms": _("SMS"), "mail": _("mail")}
