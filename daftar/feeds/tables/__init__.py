"""The feed tables of contracts §2, one description each. A new table is a new description in this list."""

from daftar.feeds.description import FeedTable
from daftar.feeds.tables.affiliation import AFFILIATIONS, CONTRIBUTIONS, DEPENDENCIES
from daftar.feeds.tables.directory import INSTITUTIONS, OFFICES, POOLING_REGIONS, REGIONS, UNITS
from daftar.feeds.tables.entitlement import EVIDENCE, OTHER_COVER
from daftar.feeds.tables.organisations import AGREEMENTS, ORGANISATIONS, PROVIDER_PHONES
from daftar.feeds.tables.people import PERSONS
from daftar.feeds.tables.photos import PHOTOS
from daftar.feeds.tables.treatment import FILINGS, SETTLEMENTS

TABLES: dict[str, FeedTable] = {
    table.name: table
    for table in (
        PERSONS,
        AFFILIATIONS,
        CONTRIBUTIONS,
        DEPENDENCIES,
        EVIDENCE,
        OTHER_COVER,
        PHOTOS,
        REGIONS,
        POOLING_REGIONS,
        UNITS,
        OFFICES,
        ORGANISATIONS,
        AGREEMENTS,
        PROVIDER_PHONES,
        INSTITUTIONS,
        FILINGS,
        SETTLEMENTS,
    )
}
