"""Parts of an inquiry file: cut from what was sent, compressed and sealed, opened again."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from django.conf import settings
from django.db import connection

from daftar.terms.misunderstood import Misunderstood

LINES = {"postgresql": 5000, "sqlite": 1000}
"""Lines of one part, and so of one transaction; on SQLite others wait for its one write lock meanwhile."""

MOST_LINES = 1_000_000
LONGEST_LINE = 1000
ABOUT = {"asked": "inquiry_file_part.asked", "answered": "inquiry_file_part.answered"}


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a file as they were sent; `count` of them are not empty."""

    number: int
    first_line: int
    text: bytes
    count: int


def cut(content: BytesIO) -> Iterator[Part]:
    """The parts of what stands after the heading, which is line 1.

    Raises Misunderstood `file_not_text`, `file_line_too_long` or `too_many`.
    """
    first_line, total, number = 2, 0, 0
    while lines := list(islice(content, LINES[connection.vendor])):
        text = b"".join(lines)
        _check(lines, text)
        count = sum(1 for line in lines if not line.isspace())
        total += count
        if total > MOST_LINES:
            raise Misunderstood("too_many", most=str(MOST_LINES))
        if count:
            yield Part(number, first_line, text, count)
            number += 1
        first_line += len(lines)


def _check(lines: list[bytes], text: bytes) -> None:
    if max(map(len, lines)) > LONGEST_LINE:
        raise Misunderstood("file_line_too_long")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        raise Misunderstood("file_not_text") from None


def seal(text: bytes, column: str) -> bytes:
    """Compress and seal the content of a column of `inquiry_file_part`."""
    return settings.SECRETS.seal(zlib.compress(text, 1), about=ABOUT[column])


def open_sealed(sealed: bytes, column: str) -> bytes:
    """What `seal` made."""
    return zlib.decompress(settings.SECRETS.open(bytes(sealed), about=ABOUT[column]))
