"""Amounts that do not add up are marked in words; those that do are not, whatever a source leaves out (S4.23)."""

from hypothesis import given
from hypothesis import strategies as st

from daftar.portal.settlement.adding_up import IDENTITIES, amount_of, faults
from daftar.portal.settlement.columns import FUNDS, NAMES, OWN
from daftar.portal.settlement.words import fault_words
from tests.portal.settling import RIGHT

AMOUNT = st.integers(-(10**15), 10**15)
MAYBE = st.none() | AMOUNT
ANYTHING = st.fixed_dictionaries({name: MAYBE for name in NAMES})
WHOLE = st.fixed_dictionaries({name: AMOUNT for name in (*FUNDS, *OWN)})


def summed(parts: dict[str, int]) -> dict[str, int | None]:
    """All amounts of a settlement whose parts these are."""
    funds, own = sum(parts[name] for name in FUNDS), sum(parts[name] for name in OWN)
    return {**parts, "fund_total": funds, "personal": own, "total": funds + own}


@given(WHOLE)
def test_what_adds_up_is_never_marked(parts: dict[str, int]) -> None:
    assert faults(summed(parts)) == []


@given(WHOLE, st.sampled_from(sorted(IDENTITIES)), AMOUNT.filter(bool))
def test_a_sum_that_is_off_is_marked_with_what_and_by_how_much(parts: dict[str, int], name: str, off: int) -> None:
    amounts = summed(parts)
    amounts[name] = (amounts[name] or 0) + off
    found = {fault.sum: fault for fault in faults(amounts)}
    assert found[name].difference == off
    above = {"fund_total": {"total"}, "personal": {"total"}}.get(name, set())
    assert set(found) == {name} | above  # the total cannot hold either when one of its parts is off
    assert all(fault.difference == -off for fault in found.values() if fault.sum in above)


@given(WHOLE, st.sampled_from((*FUNDS, *OWN)), AMOUNT.filter(bool))
def test_a_part_that_is_off_is_marked_at_its_own_sum_alone(parts: dict[str, int], name: str, off: int) -> None:
    amounts = summed(parts)
    amounts[name] = parts[name] + off
    (fault,) = faults(amounts)
    assert fault.sum == ("fund_total" if name in FUNDS else "personal")
    assert fault.difference == -off


@given(ANYTHING)
def test_every_mark_is_true_and_every_sum_that_could_be_wrong_is_looked_at(amounts: dict[str, int | None]) -> None:
    found = {fault.sum: fault for fault in faults(amounts)}
    for name, parts in IDENTITIES.items():
        known = {part: value for part in parts if (value := amount_of(amounts, part)) is not None}
        wrong = amounts[name] is not None and known and sum(known.values()) != amounts[name]
        assert (name in found) == bool(wrong)
        if name in found:
            assert found[name].made == sum(known.values())
            assert set(found[name].missing) == set(parts) - set(known)
            assert dict(found[name].parts) == known


@given(WHOLE, st.sets(st.sampled_from((*FUNDS, *OWN))))
def test_a_part_of_nothing_may_be_left_out(parts: dict[str, int], left_out: set[str]) -> None:
    amounts = summed({name: 0 if name in left_out else value for name, value in parts.items()})
    assert faults(amounts | dict.fromkeys(left_out)) == []


def test_what_a_source_leaves_out_altogether_is_not_called_wrong() -> None:
    bare = dict.fromkeys(NAMES) | {"total": 100}
    assert faults(bare) == []
    assert faults(bare | {"fund_total": 60, "personal": 40}) == []
    assert faults(bare | {"fund_pool": 60, "cash": 40}) == []  # sums are taken from their parts
    (fault,) = faults(bare | {"fund_total": 60})
    assert (fault.said, fault.made, fault.missing) == (100, 60, ("personal",))


def test_words_name_the_sum_its_parts_and_the_difference() -> None:
    amounts = RIGHT | {"cash": None, "fund_pool": 799_999}
    own, funds = faults(amounts)[::-1]
    assert fault_words(own, "CNY", "en") == (
        "Borne by the person is given as 3,500.00, but Own account 500.00 + Family's shared account 0.00 make 500.00:"
        " a difference of 3,000.00. Not given: Cash."
    )
    assert "Pooled fund 7,999.99 + Major-illness insurance 1,000.00" in fault_words(funds, "CNY", "en")
    assert "difference of 0.01." in fault_words(funds, "CNY", "en")
