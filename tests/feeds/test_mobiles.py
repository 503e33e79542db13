"""The quick way of reading mobiles says the same as the thorough one."""

import random

import pytest

from daftar.feeds.persons import read_mobile_quickly
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import read_mobile


def said(read, *given: object) -> str:
    try:
        return read(*given)
    except Misunderstood as problem:
        return problem.code


@pytest.mark.parametrize("country", ["IR", "CN"])
def test_quick_and_thorough_agree(country: str) -> None:
    """Numbers of every beginning, right and wrong, national and international, of all lengths around."""
    chance, heads = random.Random(7), {}
    beginnings = [f"{prefix}{head}" for prefix in ("", "0", "98", "0098", "86", "0086") for head in range(900, 1000, 3)]
    beginnings += [f"{prefix}{head}" for prefix in ("", "0", "0086") for head in range(130, 200, 3)]
    for beginning in beginnings:
        for length in (9, 10, 11, 12, 14):
            for _ in range(2):
                text = (beginning + "".join(chance.choices("0123456789", k=14)))[:length]
                assert said(read_mobile_quickly, text, country, heads) == said(read_mobile, text, country), text


@pytest.mark.parametrize("text", ["", "+989123456789", "۰۹۱۲۳۴۵۶۷۸۹", "0912 345 6789", "09\u202e123456789", "x", "12"])
def test_other_spellings_go_the_thorough_way(text: str) -> None:
    assert said(read_mobile_quickly, text, "IR", {}) == said(read_mobile, text, "IR")
