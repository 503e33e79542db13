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
    "photos": _("table of reference photographs"),
    "organisations": _("Organisations"),
    "agreements": _("Agreements"),
    "provider_phones": _("Telephones of providers"),
    "offices": _("Offices"),
    "regions": _("Regions"),
    "pooling_regions": _("table of pooling regions"),
    "units": _("table of units of residents"),
    "institutions": _("table of institutions"),
    "filings": _("table of filings"),
    "settlements": _("table of settlements"),
    "person": _("Sex, birth and death"),
    "affiliation": _("Affiliation"),
    "contribution": _("Contribution"),
    "dependency": _("Dependency"),
}
SEXES = {"male": _("Male"), "female": _("Female")}
STATES = {"loading": _("loading"), "loaded": _("loaded"), "refused": _("refused")}
ENTRY_FIELDS = {
    "name": _("Name of the entry"),
    "department": _("Department"),
    "region": _("Region"),
    "level": _("Level of the hospital"),
    "institution_class": _("Class of the institution"),
    "address": _("Address"),
    "phone": _("Telephone"),
    "postcode": _("Postcode"),
    "opened_on": _("Open from"),
    "closed_on": _("Open until"),
    "cross_region": _("For the insured of other regions"),
    "insurance_types": _("Codes of insurance types"),
    "kind": _("Kind of office"),
    "parent": _("Region above"),
    "files_to": _("Region where filings stop"),
}
SECTIONS = {
    "entry": ENTRY_FIELDS,
    "field": FIELDS,
    "table": TABLES,
    "sex": SEXES,
    "state": STATES,
    "channel": CHANNELS,
    "mode": MODES,
    "ground": GROUNDS,
}
