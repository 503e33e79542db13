"""evidence and other_cover: papers seen (S2.13) and cover by other basic insurers (S2.5)."""

from daftar.feeds.description import Check, Column, FeedTable, Identity
from daftar.feeds.readers import code, day, text, word
from daftar.feeds.tables.spells import ENDS, ends_after, starts
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import EvidenceKind

EVIDENCE = FeedTable(
    name="evidence",
    target="evidence",
    identities=(Identity(),),
    columns=(
        Column("kind", word(EvidenceKind), key=True),
        Column("valid_from", day(), key=True),
        Column("valid_until", day()),
        Column("source", text(64, empty="feed")),
    ),
    checks=(ends_after("valid_from", "valid_until"),),
)


def _own_insurer(insurer: str, tomorrow: str) -> bool:
    return any(insurer == each.insurer for each in jurisdictions().values())


OTHER_COVER = FeedTable(
    name="other_cover",
    target="other_cover",
    identities=(Identity(),),
    columns=(
        Column("insurer", code(32), key=True),
        starts(key=True),
        ENDS,
        Column("number", text(64), sealed=True),
    ),
    checks=(
        ends_after("starts", "ends"),
        Check(("insurer",), "own_insurer", _own_insurer, "`insurer` is another insurer"),
    ),
)
