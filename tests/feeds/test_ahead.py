"""Working ahead changes nothing but the time it takes."""

import sys
import threading
from collections.abc import Iterator

import pytest

from daftar.feeds.ahead import one_ahead, quickly_handed_over


class Wrong(RuntimeError):
    """In the place of a broken file."""


@pytest.mark.parametrize("worthwhile", [True, False])
def test_items_and_errors_come_where_they_would_have_come(worthwhile: bool) -> None:
    made: list[tuple[int, threading.Thread]] = []
    used: list[int] = []

    def items() -> Iterator[int]:
        for number in range(3):
            made.append((number, threading.current_thread()))
            yield number
        raise Wrong

    def use() -> None:
        for number in one_ahead(items(), lambda: worthwhile):
            assert worthwhile or [each for each, _ in made] == list(range(number + 1)), "only what was asked for"
            used.append(number)

    with pytest.raises(Wrong):
        use()
    assert used == [0, 1, 2]
    elsewhere = [thread is not threading.current_thread() for _, thread in made]
    assert elsewhere == [False, worthwhile, worthwhile]


def test_threads_change_as_before_afterwards() -> None:
    before = sys.getswitchinterval()
    with pytest.raises(Wrong), quickly_handed_over():
        assert sys.getswitchinterval() < before
        raise Wrong
    assert sys.getswitchinterval() == before
