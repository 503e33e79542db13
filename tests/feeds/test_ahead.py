"""Working ahead changes nothing but the time it takes."""

import threading
from collections.abc import Iterator

import pytest

from daftar.feeds.ahead import one_ahead


class Wrong(RuntimeError):
    """In the place of a broken file."""


def test_items_and_errors_come_where_they_would_have_come() -> None:
    made: list[tuple[int, threading.Thread]] = []
    used: list[int] = []

    def items() -> Iterator[int]:
        for number in range(3):
            made.append((number, threading.current_thread()))
            yield number
        raise Wrong

    def use() -> None:
        for number in one_ahead(items()):
            used.append(number)

    with pytest.raises(Wrong):
        use()
    assert used == [0, 1, 2]
    assert [number for number, _ in made] == [0, 1, 2]
    assert threading.current_thread() not in [thread for _, thread in made]
