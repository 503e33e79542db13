"""What an organisation may ask under its agreements (S1.2, S2.11)."""

from datetime import date

import pytest

from daftar.disclosure.agreements import AgreementTerms, any_allows, read_purposes

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "written", "purposes"),
    [
        ("provider", "", {"eligibility"}),
        ("provider", "eligibility", {"eligibility"}),
        ("provider", "eligibility, certificates; affiliation", {"eligibility"}),
        ("provider", "certificates", set()),
        ("fund", "", {"affiliation", "certificates"}),
        ("fund", "affiliation", {"affiliation"}),
        ("fund", "eligibility", set()),
        ("", "eligibility", set()),
        ("somebody", "", set()),
    ],
)
def test_purposes_are_cut_to_what_the_kind_may_ask(kind: str, written: str, purposes: set[str]) -> None:
    assert read_purposes(kind, written) == purposes


@pytest.mark.parametrize(
    ("starts", "ends", "allowed"),
    [
        (DAY, DAY, True),
        (date(2020, 1, 1), None, True),
        (date(2026, 11, 22), None, False),
        (date(2020, 1, 1), date(2026, 11, 20), False),
    ],
)
def test_an_agreement_holds_from_its_first_day_to_its_last(starts: date, ends: date | None, allowed: bool) -> None:
    terms = AgreementTerms(starts, ends, frozenset({"eligibility"}))
    assert any_allows([terms], "eligibility", DAY) is allowed
    assert not any_allows([terms], "affiliation", DAY)
    assert not any_allows([], "eligibility", DAY)
