"""Python's cycle collector rests while a part is answered: it took a sixth of the time.

What a part makes is plain rows and text, which go by themselves when nobody holds them any more; what other threads
of the process make meanwhile waits for the end of the part, a second at most. A part has a bounded number of lines, so
memory is bounded too.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_rests() -> Iterator[None]:
    """Let the cycle collector rest. Of several threads at once the one that stopped it starts it again."""
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()
