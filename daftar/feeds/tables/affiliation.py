"""affiliations, contributions, dependencies: the facts of insurance relationships (contracts §1)."""

from daftar.feeds.description import Check, Column, FeedTable, Identity
from daftar.feeds.readers import code, currency, money, month, text, whole, word
from daftar.feeds.tables.spells import ENDS, ends_after, starts
from daftar.terms.outcomes import Kind, Relation

AFFILIATIONS = FeedTable(
    name="affiliations",
    target="affiliation",
    identities=(Identity(key=False),),
    columns=(
        Column("affiliation_id", code(64), key=True),
        Column("kind", word(Kind), required=True),
        starts(required=True),
        ENDS,
        Column("insurance_type", text(32)),
        Column("category", text(64)),
        Column("pooling_region", code(16)),
        Column("pensioner_number", text(32), sealed=True),
        Column("workshop_number", text(32), sealed=True),
        Column("workshop_name", text(200), sealed=True),
        Column("workshop_address", text(300), sealed=True),
        Column("workshop_phone", text(64), sealed=True),
        Column("employer_name", text(200), sealed=True),
    ),
    checks=(ends_after("starts", "ends"),),
)


def _without_currency(amount: int | None, currency: str, tomorrow: str) -> bool:
    return amount is not None and not currency


CONTRIBUTIONS = FeedTable(
    name="contributions",
    target="contribution",
    identities=(Identity(),),
    columns=(
        Column("month", month(), key=True),
        Column("kind", word(Kind), key=True),
        Column("days", whole(0, 31, blank=0), required=True),
        Column("amount", money()),
        Column("currency", currency()),
    ),
    checks=(Check(("amount", "currency"), "currency_missing", _without_currency, "`amount` with `currency`"),),
)


def _own(key: str, main_key: str, tomorrow: str) -> bool:
    return key == main_key


DEPENDENCIES = FeedTable(
    name="dependencies",
    target="dependency",
    identities=(Identity(), Identity("main_id_type", "main_id_number", into="main_key")),
    columns=(
        starts(key=True),
        Column("relation", word(Relation), required=True),
        ENDS,
    ),
    checks=(
        ends_after("starts", "ends"),
        Check(("key", "main_key"), "own_dependant", _own, "nobody depends on themself"),
    ),
)
