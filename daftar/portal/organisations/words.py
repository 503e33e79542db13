"""Words for the kinds of providers (S2.2, S2.11)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROVIDER_TYPES: dict[str, Promise] = {
    "physician": _("Physicians"),
    "pharmacy": _("Pharmacies"),
    "paraclinic": _("Para-clinics"),
    "clinic": _("Clinics"),
    "hospital": _("Hospitals"),
}
"""The five of S2.11."""

OWNERSHIPS: dict[str, Promise] = {"owned": _("Owned by the insurer"), "contracted": _("Under contract")}
