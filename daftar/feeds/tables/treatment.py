"""filings and settlements: treatment in another region, filed and paid (S4.10, S4.16, S4.23-S4.25).

Codes of regions and institutions are kept as sent, known or not. Amounts that do not add up come in: the pages mark
them. Versions of one settlement are rows of their own, so the order in which they come does not matter.
"""

from collections.abc import Iterator
from typing import Any

from daftar.feeds.description import Across, Column, FeedTable, Identity
from daftar.feeds.readers import BLANK_DAY, amount, code, currency, day, flag, instant, ratio, text, whole, word
from daftar.feeds.tables.spells import ENDS, ends_after, starts

FILINGS = FeedTable(
    name="filings",
    target="filing",
    moves_cover=False,
    identities=(Identity(key=False),),
    columns=(
        Column("filing_id", code(64), key=True),
        Column("category", text(32), required=True),
        Column("destination_region", code(16), required=True),
        starts(required=True),
        ENDS,
        Column("state", text(16)),
        Column("insured_region", code(16)),
        Column("insurance_type", text(32)),
        Column("source", text(32)),
        Column("contact_name", text(100), sealed=True),
        Column("contact_phone", text(64), sealed=True),
        Column("address", text(300), sealed=True),
    ),
    checks=(ends_after("starts", "ends"),),
)

REFUND = "refund"
AMOUNTS = (
    "total",
    "fully_self_paid",
    "over_limit",
    "pre_self_paid",
    "in_scope",
    "deductible",
    "fund_pool",
    "fund_civil",
    "fund_enterprise",
    "fund_major_illness",
    "fund_large",
    "fund_relief",
    "fund_other",
    "fund_total",
    "personal",
    "account",
    "shared_account",
    "cash",
)


def _signs(values: dict[str, list[Any]]) -> Iterator[tuple[int, str, str]]:
    """A refund takes back: one that is sent above zero is turned, so that adding up is right for all who read it."""
    kinds = values["kind"]
    refunds = [i for i, kind in enumerate(kinds) if kind == REFUND] if REFUND in kinds else []
    sent_above = [i for i in refunds if (values["total"][i] or 0) > 0]
    for name in AMOUNTS:
        amounts = values[name]
        for i in sent_above:
            amounts[i] = amounts[i] and -amounts[i]
        if min(filter(None, amounts), default=0) < 0:
            for i, each in enumerate(amounts):
                if each is not None and each < 0 and kinds[i] != REFUND:
                    yield i, name, "amount_below_zero"


SETTLEMENTS = FeedTable(
    name="settlements",
    target="settlement",
    moves_cover=False,
    identities=(Identity(key=False),),
    columns=(
        Column("settlement_id", code(64), key=True),
        Column("version", whole(1, 2_000_000_000), key=True),
        Column("kind", word(("settled", REFUND, "correction")), required=True),
        Column("institution", code(32), required=True),
        Column("admitted", day(BLANK_DAY), required=True),
        Column("discharged", day(BLANK_DAY), required=True),
        Column("total", amount(blank=0), required=True),
        Column("currency", currency(), required=True),
        Column("refers_to", code(64)),
        Column("direct", flag(empty=True)),
        Column("settled_at", instant()),
        Column("insured_region", code(16)),
        Column("treated_region", code(16)),
        Column("insurance_type", text(32)),
        Column("department", text(100), sealed=True),
        Column("admission_type", text(32)),
        Column("inpatient_number", text(64), sealed=True),
        Column("diagnosis_main", text(200), sealed=True),
        Column("diagnosis_other", text(500), sealed=True),
        *(Column(name, amount()) for name in AMOUNTS[1:6]),
        Column("pool_ratio", ratio()),
        *(Column(name, amount()) for name in AMOUNTS[6:]),
    ),
    checks=(ends_after("admitted", "discharged", "discharged_before_admitted"),),
    across=Across(
        _signs,
        (
            "amounts of a `refund` are stored below zero: where its `total` is above zero, the sign of all is turned",
            "no other amount below zero",
        ),
    ),
)
