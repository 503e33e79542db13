"""Names of basic insurers (S2.5)."""

import pytest

from daftar.rules.parameters import law_set
from daftar.terms.insurers import insurer_name
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.texts import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_insurer_of_the_coordination_order_has_a_name(language: str) -> None:
    for each in jurisdictions().values():
        for dated in law_set(each.law_set)["coordination/order"].values:
            names = [insurer_name(code, language) for code in dated.value]
            assert len(set(names)) == len(dated.value)
            assert not set(names) & set(dated.value)


def test_an_insurer_that_nobody_has_named_stands_for_itself() -> None:
    assert insurer_name("ir-other", "fa") == "ir-other"
