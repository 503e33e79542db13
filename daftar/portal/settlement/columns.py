"""The amounts of a settlement and what they are called (contracts §2, domain-facts 2.11)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FUNDS: dict[str, Promise] = {
    "fund_pool": _("Pooled fund"),
    "fund_civil": _("Civil servants' subsidy"),
    "fund_enterprise": _("Enterprise supplement"),
    "fund_major_illness": _("Major-illness insurance"),
    "fund_large": _("Large-amount subsidy"),
    "fund_relief": _("Medical relief"),
    "fund_other": _("Other funds"),
}
"""The funds that pay; together they are `fund_total`."""

OWN: dict[str, Promise] = {
    "account": _("Own account"),
    "shared_account": _("Family's shared account"),
    "cash": _("Cash"),
}
"""How the person's own part was paid; together they are `personal`."""

SCOPE: dict[str, Promise] = {
    "in_scope": _("Within the catalogue"),
    "fully_self_paid": _("Wholly self-paid"),
    "over_limit": _("Above the price limit"),
    "pre_self_paid": _("Self-paid first"),
    "deductible": _("Deductible"),
}
"""How the cost falls under the catalogue; nothing is to add up here."""

SUMS: dict[str, Promise] = {
    "total": _("Total cost"),
    "fund_total": _("Paid by insurance"),
    "personal": _("Borne by the person"),
}
NAMES: dict[str, Promise] = SUMS | FUNDS | OWN | SCOPE
"""Every amount, in the order of the wide table: the sums first, then what they are made of."""

RATIO = _("Share of the pooled fund")
HUNDREDTHS = 100
"""`pool_ratio` is kept in hundredths of a percent."""
