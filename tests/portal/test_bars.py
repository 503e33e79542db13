"""Bars of a chart: lengths true to the amounts, words as text, nothing that the CSP forbids."""

import re

import pytest
from django.template import engines
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler
from hypothesis import given
from hypothesis import strategies as st

from daftar.portal.theme.bars import Chart, Row, chart

AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)
ROWS = st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=12)


def drawn(made: Chart) -> str:
    """The component as a page has it."""
    template = CottonCompiler().process('<c-bars :chart="made" title="By year" />')
    return str(engines["django"].from_string(template).render({"made": made}))


@given(ROWS)
def test_lengths_are_true_to_the_amounts(amounts: list[tuple[int, int]]) -> None:
    made = chart([Row(str(place), pair, "") for place, pair in enumerate(amounts)])
    longest = max(abs(one) + abs(other) for one, other in amounts)
    for bar, pair in zip(made.bars, amounts, strict=True):
        width = sum(float(part.width) for part in bar.parts)
        assert width == pytest.approx(100 * sum(map(abs, pair)) / longest if longest else 0, abs=0.011)
        assert width <= 100.011
        assert [part.below_zero for part in bar.parts] == [amount < 0 for amount in pair if amount]
        if bar.parts:
            assert float(bar.parts[-1].starts) + float(bar.parts[-1].width) == pytest.approx(width, abs=0.011)


def test_no_rows_draw_nothing() -> None:
    assert drawn(chart([])).strip() == ""
    assert "<rect" not in drawn(chart([Row("2024", (0,), "0")])).partition("bars-rows")[2]


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_words_and_values_are_text_beside_the_bars(language: str) -> None:
    rows = [Row("2024", (300, 100), "¥4.00"), Row("2025", (-50, 0), "−¥0.50", href="/x/")]
    with override(language):
        page = drawn(chart(rows, series=("Funds & more", "Personal")))
    assert "<figcaption>By year</figcaption>" in page
    assert "Funds &amp; more" in page
    assert re.findall(r'class="bars-shown">([^<]*)<', page) == ["¥4.00", "−¥0.50"]
    assert '<a href="/x/">2025</a>' in page
    assert page.count("aria-hidden") == page.count("<svg")
    assert "style=" not in page
    assert 'x="75.00" width="25.00"' in page
    assert {"fa": "کمتر از صفر", "zh": "小于零", "en": "below zero"}[language] in page
