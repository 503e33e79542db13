"""A push on its way to a load: its bytes in an unnamed temporary file, up to a limit; memory stays small."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

MOST_BYTES = 1 << 30
_IN_MEMORY = 1 << 20


class BodyTooLarge(ValueError):
    """A push has more bytes than allowed."""


@contextmanager
def spool() -> Iterator[BinaryIO]:
    """A file of ours alone, gone when closed; small pushes never touch the disk."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        yield cast(BinaryIO, file)


async def fill(file: BinaryIO, chunks: AsyncIterator[bytes], most: int = MOST_BYTES) -> int:
    """Write all chunks; BodyTooLarge as soon as there are more than `most` bytes."""
    done = 0
    async for chunk in chunks:
        done += len(chunk)
        if done > most:
            raise BodyTooLarge(most)
        file.write(chunk)
    return done
