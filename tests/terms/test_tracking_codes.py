"""The spelling of tracking codes (design §4, S2.18)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.terms.digits import to_persian
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.tracking_codes import complete, grouped, read_tracking_code

BODIES = st.integers(0, 10**15 - 1)


@given(BODIES)
def test_a_code_is_read_back_however_it_is_typed(body: int) -> None:
    code = complete(body)
    assert len(code) == 16
    for typed in (code, grouped(code), to_persian(grouped(code)), grouped(code).replace(" ", "-")):
        assert read_tracking_code(typed) == code


@given(BODIES, st.integers(0, 15), st.integers(1, 9))
def test_every_wrong_digit_is_found(body: int, place: int, shift: int) -> None:
    code = complete(body)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    with pytest.raises(Misunderstood):
        read_tracking_code(wrong)


@given(BODIES, st.integers(0, 14))
def test_every_swap_of_neighbours_is_found(body: int, place: int) -> None:
    code = complete(body)
    if code[place] == code[place + 1]:
        return
    with pytest.raises(Misunderstood):
        read_tracking_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
