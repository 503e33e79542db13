"""Whether a provider does its duty to check before treating (S2.11), as states; and the words of the pages."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Checking(StrEnum):
    """What a provider did in a period, seen from its last day."""

    CHECKS = "checks"  # asked at least once in the period
    SILENT = "silent"  # asked before the period, not in it
    NEVER = "never"  # has an agreement and never asked
    BARRED = "barred"  # suspended, or no agreement in force on the last day: it has no duty, and is refused


OBLIGED = (Checking.CHECKS, Checking.SILENT, Checking.NEVER)
"""Those who have the duty; shares are of them."""

CHECKINGS: dict[str, Promise] = {
    Checking.CHECKS: _("checks"),
    Checking.SILENT: _("checks no longer"),
    Checking.NEVER: _("never checked"),
    Checking.BARRED: _("may not ask"),
}
NOT_SAID = _("not on record")
"""A type, an ownership or a province that no feed has told."""
