"""organisations, agreements, provider_phones: who may ask (S1.2, S2.11, S2.19)."""

from daftar.feeds.description import Column, FeedTable, Mobile
from daftar.feeds.readers import BLANK_DAY, code, day, text, whole, word, words
from daftar.feeds.tables.spells import ENDS, ends_after, starts

ORGANISATIONS = FeedTable(
    name="organisations",
    target="organisation",
    changes_access=True,
    at_first=(("suspended", "FALSE"),),
    columns=(
        Column("code", code(32), key=True),
        Column("kind", word(("fund", "judicial", "quasi_judicial", "provider")), required=True),
        Column("name", text(200), required=True),
        Column("province", code(16)),
        Column("address", text(300)),
        Column("provider_type", word(("physician", "pharmacy", "paraclinic", "clinic", "hospital"))),
        Column("ownership", word(("owned", "contracted"))),
        Column("institution", code(32)),
    ),
)

AGREEMENTS = FeedTable(
    name="agreements",
    target="agreement",
    changes_access=True,
    columns=(
        Column("organisation", code(32), key=True),
        Column("number", text(64), key=True),
        Column("starts", day(BLANK_DAY), required=True),
        ENDS,
        Column("purposes", words(200)),
        Column("daily_quota", whole(0, 2_000_000_000)),
    ),
    checks=(ends_after("starts", "ends"),),
)

PROVIDER_PHONES = FeedTable(
    name="provider_phones",
    target="provider_phone",
    changes_access=True,
    sealed_always=True,
    mobile=Mobile(key=True),
    columns=(
        Column("organisation", code(32), key=True),
        Column("holder", text(100), sealed=True),
        starts(),
        ENDS,
    ),
    checks=(ends_after("starts", "ends"),),
)
