"""regions, pooling_regions, units, institutions, offices: the public directory (S3.13, S4.4-S4.9).

A region that is not known (yet) refuses no row: codes of other tables are kept as sent, and shown as codes until the
region comes.
"""

from daftar.feeds.description import Column, FeedTable
from daftar.feeds.directory_index import (
    OFFICE_WORDS,
    UNIT_WORDS,
    WORDS,
    directory_follows,
    institutions_follow,
)
from daftar.feeds.readers import code, day, flag, text, word, words
from daftar.feeds.tables.spells import ends_after

REGIONS = FeedTable(
    name="regions",
    target="region",
    columns=(
        Column("code", code(16), key=True),
        Column("name", text(100), required=True),
        Column("level", word(("country", "province", "city", "county")), required=True),
        Column("parent", code(16)),
        Column("files_to", code(16)),
    ),
    derived=(WORDS,),
    follow=directory_follows,
    keeps=True,
)

POOLING_REGIONS = FeedTable(
    name="pooling_regions",
    target="pooling_region",
    columns=(
        Column("code", code(16), key=True),
        Column("name", text(100), required=True),
        Column("region", code(16), required=True),
        Column("opened_on", day()),
        Column("insurance_types", words(200)),
    ),
    derived=(WORDS,),
    follow=directory_follows,
    keeps=True,
)

UNITS = FeedTable(
    name="units",
    target="unit",
    columns=(
        Column("code", code(32), key=True),
        Column("name", text(100), required=True),
        Column("pooling_region", code(16), required=True),
        Column("town", text(100)),
    ),
    derived=(UNIT_WORDS,),
    keeps=True,
)

INSTITUTIONS = FeedTable(
    name="institutions",
    target="institution",
    columns=(
        Column("code", code(32), key=True),
        Column("name", text(200), required=True),
        Column("region", code(16), required=True),
        Column("level", text(32)),
        Column("class", text(64), into="institution_class"),
        Column("address", text(300)),
        Column("phone", text(64)),
        Column("opened_on", day()),
        Column("closed_on", day()),
        Column("cross_region", flag()),
    ),
    checks=(ends_after("opened_on", "closed_on"),),
    derived=(WORDS,),
    follow=institutions_follow,
    keeps=True,
)

OFFICES = FeedTable(
    name="offices",
    target="office",
    office_into="sent_by",
    columns=(
        Column("code", code(16), key=True),
        Column("kind", word(("headquarters", "province", "branch", "brokerage", "handling")), required=True),
        Column("name", text(200), required=True),
        Column("department", text(100)),
        Column("region", code(16)),
        Column("address", text(300)),
        Column("phone", text(64)),
        Column("postcode", text(16)),
        Column("parent", code(16)),
    ),
    derived=(OFFICE_WORDS,),
    follow=directory_follows,
    keeps=True,
)
