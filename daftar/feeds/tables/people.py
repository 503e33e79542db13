"""persons: who is known to the insurer (X.1)."""

from daftar.feeds.description import Column, FeedTable, Identity, Mobile
from daftar.feeds.readers import code, day, flag, text, word
from daftar.feeds.tables.spells import ends_after, not_ahead

_IDENTITY = Identity()

PERSONS = FeedTable(
    name="persons",
    target="person",
    registers=True,
    sealed_always=True,
    identities=(_IDENTITY,),
    mobile=Mobile(by=_IDENTITY, clock="mobile_recorded_at"),
    columns=(
        Column("given_name", text(100), sealed=True),
        Column("family_name", text(100), sealed=True),
        Column("father_name", text(100), sealed=True),
        Column("sex", word(("male", "female"))),
        Column("birth_date", day()),
        Column("death_date", day()),
        Column("nationality", text(64), sealed=True),
        Column("insurance_number", text(32), sealed=True),
        Column("insured_region", code(16)),
        Column("residence_region", code(16)),
        Column("residence_address", text(300), sealed=True),
        Column("household_address", text(300), sealed=True),
        Column("phone", text(64), sealed=True),
        Column("mobile_verified", flag()),
        Column("id_booklet_no", text(32), sealed=True),
        Column("id_card_issued", day(), sealed=True),
        Column("card_state", text(16)),
        Column("card_number", text(32), sealed=True),
        Column("ethnicity", text(64), sealed=True),
    ),
    checks=(
        ends_after("birth_date", "death_date", "death_before_birth"),
        not_ahead("birth_date"),
        not_ahead("death_date"),
    ),
)
