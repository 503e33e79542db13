"""Words of the staff pages for codes that stand in tables: feed tables and states, and those of the journal."""

from django.utils.translation import gettext_lazy as _

from daftar.portal.journal.words import CHANNELS, FIELDS, GROUNDS, MODES

TABLES = {
    "persons": _("Persons"),
    "affiliations": _("Affiliations"),
    "contributions": _("Contributions"),
    "dependencies": _("Dependencies"),
    "evidence": _("Papers"),
    "other_cover": _("Other cover"),
    "organisations": _("Organisations"),
    "agreements": _("Agreements"),
    "provider_phones": _("Telephones of providers"),
    "offices": _("Offices"),
    "regions": _("Regions"),
    "affiliation": _("Affiliation"),
    "contribution": _("Contribution"),
    "dependency": _("Dependency"),
}
STATES = {"loading": _("loading"), "loaded": _("loaded"), "refused": _("refused")}
SECTIONS = {"field": FIELDS, "table": TABLES, "state": STATES, "channel": CHANNELS, "mode": MODES, "ground": GROUNDS}
