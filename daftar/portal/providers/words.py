"""Words of one provider's page: whether it may ask, and what was done to it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.providers.selectors import Standing

STANDINGS: dict[str, Promise] = {
    Standing.MAY: _("The provider may ask today"),
    Standing.SUSPENDED: _("The provider is suspended"),
    Standing.ENDED: _("The agreement has ended"),
    Standing.NOT_BEGUN: _("The agreement has not begun yet"),
    Standing.NONE: _("No agreement for entitlement to treatment"),
}
EVENTS: dict[str, Promise] = {
    "provider_phone.registered": _("Mobile registered"),
    "provider_phone.ended": _("Mobile ended"),
    "provider_phone.lost": _("Mobile ended at once: lost or misused"),
    "suspension.suspended": _("Suspended"),
    "suspension.let_in": _("Let in again"),
}
