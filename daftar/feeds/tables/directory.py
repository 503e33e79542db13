"""regions and offices: the public directory's ground (S4.8, S4.9)."""

from daftar.feeds.description import Column, FeedTable
from daftar.feeds.readers import code, text, word

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
)
