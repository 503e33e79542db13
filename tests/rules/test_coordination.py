"""Who pays first for inpatient care (S2.5)."""

import subprocess
import sys
from datetime import date

from daftar.rules.coordination import PayerReason, order

DAY = date(2026, 11, 21)


def test_one_insurer_pays_alone():
    assert order(["ir-health"], DAY, "ir") == [("ir-health", 1, PayerReason.ONLY_COVER)]


def test_nobody_covers():
    assert order([], DAY, "ir") == []


def test_the_listed_order_decides_and_who_is_not_listed_comes_last():
    assert order(["unknown-b", "ir-health", "unknown-a", "ir-sso", "ir-sso"], DAY, "ir") == [
        ("ir-sso", 1, PayerReason.FIRST_IN_ORDER),
        ("ir-health", 2, PayerReason.LATER_IN_ORDER),
        ("unknown-a", 3, PayerReason.NOT_IN_ORDER),
        ("unknown-b", 4, PayerReason.NOT_IN_ORDER),
    ]


def test_before_the_first_value_there_is_no_listed_order():
    assert [reason for *_, reason in order(["ir-sso", "ir-health"], date(1949, 12, 31), "ir")] == [
        PayerReason.NOT_IN_ORDER,
        PayerReason.NOT_IN_ORDER,
    ]


def test_the_hot_path_loads_neither_ibis_nor_duckdb():
    code = (
        "import sys, daftar.rules, daftar.rules.coordination; print({'ibis', 'duckdb', 'pyarrow'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
