"""Lines of a UTF-8 stream in blocks, with bounded memory whatever comes: one broken line costs that line only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from daftar.feeds.block import Fault, FileRefused

BLOCK_BYTES = 2 << 20
LONGEST_LINE = 1 << 16
_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


@dataclass(slots=True)
class Lines:
    """Lines that can be read, with their numbers from 1, and those that cannot; `done` is bytes read so far."""

    numbers: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    done: int = 0


def read_lines(stream: BinaryIO) -> Iterator[Lines]:
    """All lines of the stream from its start. FileRefused for an empty, compressed or UTF-16 file."""
    stream.seek(0)
    carry = _first_bytes(stream)
    number, too_long = 0, False
    done = stream.tell()
    while True:
        piece = stream.read(BLOCK_BYTES)
        done += len(piece)
        whole, newline, rest = (carry + piece).rpartition(b"\n")
        if not piece:
            whole, rest = carry, b""
        lines = Lines(done=done)
        if newline or not piece:
            if too_long:  # its beginning is gone already; drop its end
                _, newline, whole = whole.partition(b"\n")
                number += 1
                lines.faults.append(Fault(number, "", "line_too_long"))
                too_long = False
                if newline:
                    number = _decode(whole, number, lines)
            elif whole or piece:
                number = _decode(whole, number, lines)
        if not piece:
            yield lines
            return
        if len(rest) > LONGEST_LINE or too_long:
            too_long, rest = True, b""
        carry = rest
        if lines.numbers or lines.faults:
            yield lines


def _first_bytes(stream: BinaryIO) -> bytes:
    start = stream.read(8)
    if not start.strip():
        if not start or not stream.read(BLOCK_BYTES).strip():
            raise FileRefused("empty_file")
        stream.seek(len(start))
    if start.startswith(_COMPRESSED):
        raise FileRefused("compressed")
    if start.startswith(_OTHER_ENCODINGS):
        raise FileRefused("not_utf8")
    return start.removeprefix(_BOM)


def _decode(data: bytes, number: int, lines: Lines) -> int:
    """Add the lines of `data` after line `number`; return the last line's number."""
    try:
        texts = data.decode().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        return _decode_singly(data, number, lines)
    count = len(texts)
    numbers = list(range(number + 1, number + 1 + count))
    if max(map(len, texts)) > LONGEST_LINE:
        long = {i for i, text in enumerate(texts) if len(text) > LONGEST_LINE}
        lines.faults += [Fault(numbers[i], "", "line_too_long") for i in sorted(long)]
        texts = [text for i, text in enumerate(texts) if i not in long]
        numbers = [each for i, each in enumerate(numbers) if i not in long]
    lines.numbers += numbers
    lines.texts += texts
    return number + count


def _decode_singly(data: bytes, number: int, lines: Lines) -> int:
    for line in data.split(b"\n"):
        number += 1
        try:
            text = line.decode().removesuffix("\r")
        except UnicodeDecodeError:
            lines.faults.append(Fault(number, "", "not_utf8"))
            continue
        if len(text) > LONGEST_LINE:
            lines.faults.append(Fault(number, "", "line_too_long"))
            continue
        lines.numbers.append(number)
        lines.texts.append(text)
    return number
