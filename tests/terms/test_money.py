"""Amounts in the reader's language: whole numbers of a currency's smallest unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.terms.digits import to_latin
from daftar.terms.money import decimals, show_amount, show_number
from daftar.terms.texts import LANGUAGES


@pytest.mark.parametrize(
    ("amount", "currency", "language", "shown"),
    [
        (123450, "CNY", "zh", "1,234.50元"),
        (123450, "CNY", "en", "1,234.50\u00a0yuan"),
        (123450, "CNY", "fa", "۱٬۲۳۴٫۵۰\u00a0یوان"),
        (123450, "IRR", "fa", "۱۲۳٬۴۵۰\u00a0ریال"),
        (-5, "CNY", "en", "\u22120.05\u00a0yuan"),
        (-5, "CNY", "fa", "\u200e\u2212۰٫۰۵\u00a0یوان"),
        (0, "CNY", "zh", "0.00元"),
        (1234567, "KWD", "en", "1,234.567\u00a0KWD"),
        (10**15 - 1, "CNY", "en", "9,999,999,999,999.99\u00a0yuan"),
    ],
)
def test_amounts_are_written_as_people_write_them(amount: int, currency: str, language: str, shown: str) -> None:
    assert show_amount(amount, currency, language) == shown


@given(st.integers(-(10**15), 10**15), st.sampled_from(["CNY", "IRR", "KWD", "XXX"]), st.sampled_from(LANGUAGES))
def test_no_figure_is_lost(amount: int, currency: str, language: str) -> None:
    shown = to_latin(show_number(amount, currency, language))
    figures = "".join(each for each in shown if each.isdigit())
    assert int(figures) == abs(amount)
    assert ("\u2212" in shown) == (amount < 0)
    assert len(shown.rpartition("." if "." in shown else "٫")[2]) == decimals(currency) or not decimals(currency)
