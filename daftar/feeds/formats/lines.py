"""Lines of a UTF-8 stream in blocks, with bounded memory whatever comes: one broken line costs that line only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from daftar.feeds.block import Fault, FileRefused

BLOCK_BYTES = 4 << 20
LONGEST_LINE = 1 << 16
_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


@dataclass(slots=True)
class Lines:
    """Lines that can be read, with their numbers from 1, and those that cannot."""

    numbers: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """Whole lines as they stand in the file, from line `number` on, perhaps none; `done` is bytes read so far.

    `faults` are the lines before them that are gone already.
    """

    number: int
    done: int
    data: bytes | None = None
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        return 0 if self.data is None else self.data.count(b"\n") + 1

    def lines(self) -> Lines:
        """Each line by itself."""
        lines = Lines(faults=list(self.faults))
        if self.data is not None:
            _decode(self.data, self.number - 1, lines)
        return lines

    def after_first(self) -> "Piece":
        """Without the first line, which is there."""
        _, newline, rest = (self.data or b"").partition(b"\n")
        return Piece(self.number + 1, self.done, rest if newline else None, self.faults)


def read_lines(stream: BinaryIO) -> Iterator[Piece]:
    """All lines of the stream from its start. FileRefused for an empty, compressed or UTF-16 file."""
    stream.seek(0)
    carry = _first_bytes(stream)
    number, too_long = 1, False
    done = stream.tell()
    while True:
        read = stream.read(BLOCK_BYTES)
        done += len(read)
        whole, newline, rest = (carry + read).rpartition(b"\n")
        if not read:
            whole, rest = carry, b""
        piece = Piece(number, done)
        if newline or not read:
            if too_long:  # its beginning is gone already; drop its end
                _, newline, whole = whole.partition(b"\n")
                piece.faults.append(Fault(number, "", "line_too_long"))
                piece.number += 1
                too_long = False
                piece.data = whole.removesuffix(b"\r") if newline else None
            elif whole or read:
                piece.data = whole.removesuffix(b"\r")
        number = piece.number + len(piece)
        if len(rest) > LONGEST_LINE or too_long:
            too_long, rest = True, b""
        carry = rest
        if not read or piece.data is not None or piece.faults:
            yield piece
        if not read:
            return


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


def _decode(data: bytes, number: int, lines: Lines) -> None:
    """Add the lines of `data` after line `number`."""
    try:
        texts = data.decode().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        _decode_singly(data, number, lines)
        return
    count = len(texts)
    numbers = list(range(number + 1, number + 1 + count))
    if max(map(len, texts)) > LONGEST_LINE:
        long = {i for i, text in enumerate(texts) if len(text) > LONGEST_LINE}
        lines.faults += [Fault(numbers[i], "", "line_too_long") for i in sorted(long)]
        texts = [text for i, text in enumerate(texts) if i not in long]
        numbers = [each for i, each in enumerate(numbers) if i not in long]
    lines.numbers += numbers
    lines.texts += texts


def _decode_singly(data: bytes, number: int, lines: Lines) -> None:
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
