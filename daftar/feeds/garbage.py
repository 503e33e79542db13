"""Python's search for rings of garbage costs a load a quarter of its time and finds none: rows are made of no rings."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG_OBJECTS = 200_000
"""So many new containers before a look: some chunks of rows, instead of seven hundred containers."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Around the load of a file, which has its process for itself."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
