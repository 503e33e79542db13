"""Python's cycle collector rests while a part is answered, and works again whatever comes of it."""

import gc

import pytest

from daftar.portal.affiliation.collector import collector_rests


def test_the_collector_rests_within_and_works_afterwards() -> None:
    with collector_rests():
        assert not gc.isenabled()
        with collector_rests():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    with pytest.raises(KeyError), collector_rests():
        raise KeyError
    assert gc.isenabled()
