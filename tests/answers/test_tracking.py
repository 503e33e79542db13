"""The keyed permutation behind tracking codes (design §4)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from daftar.answers.tracking import LARGEST_ID, TrackingCodes
from daftar.store.keys import Secrets

TRACKING = TrackingCodes(Secrets(b"k" * 32))
IDS = st.integers(0, LARGEST_ID)


@given(st.lists(IDS, max_size=40))
def test_every_id_comes_back_from_its_code(ids: list[int]) -> None:
    assert [TRACKING.id_of(code) for code in TRACKING.codes(ids)] == ids


def test_neighbours_share_no_visible_order() -> None:
    codes = [int(code) for code in TRACKING.codes(range(5000))]
    assert len(set(codes)) == 5000
    rising = sum(later > earlier for earlier, later in pairwise(codes))
    assert 2300 < rising < 2700


def test_another_secret_gives_other_codes() -> None:
    other = TrackingCodes(Secrets(b"o" * 32))
    assert not set(other.codes(range(1000))) & set(TRACKING.codes(range(1000)))


def test_codes_are_the_same_alone_and_in_a_batch() -> None:
    together = TRACKING.codes(range(300))
    assert together == [TRACKING.codes([id])[0] for id in range(300)]
