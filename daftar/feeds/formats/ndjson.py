"""One JSON object a line, with plain values: texts, whole numbers, true, false, null."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from daftar.feeds.block import Block, Fault, FileRefused, as_cells
from daftar.feeds.description import FeedTable
from daftar.feeds.formats.lines import Lines, read_lines
from daftar.feeds.masking import column_name

_NAMES = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ROW = msgspec.json.Decoder(dict[str, str | int | float | bool | None])
_WORDS = {None: "", True: "true", False: "false"}


def inspect(stream: BinaryIO, table: FeedTable) -> None:
    """Look at the names in all lines, for an unknown column refuses the file. FileRefused too when no line is JSON."""
    allowed, found = set(table.names), False
    for piece in read_lines(stream):
        for line in piece.lines().texts:
            try:
                names = _NAMES.decode(line).keys()
            except (msgspec.DecodeError, RecursionError):
                continue
            found = True
            if not names <= allowed:
                unknown = [name for name in names if name not in allowed]
                raise FileRefused("unknown_column", *map(column_name, unknown[:5]))
    if not found:
        raise FileRefused("no_json")


def blocks(stream: BinaryIO, table: FeedTable, progress: Callable[[int, int], None]) -> Iterator[Block]:
    """All rows; progress in bytes."""
    total = stream.seek(0, 2)
    for piece in read_lines(stream):
        yield _block(piece.lines(), table)
        progress(piece.done, total)


def _block(lines: Lines, table: FeedTable) -> Block:
    numbers, rows, faults = [], [], list(lines.faults)
    for number, line in zip(lines.numbers, lines.texts, strict=True):
        if not line or line.isspace():
            continue
        try:
            rows.append(_ROW.decode(line))
            numbers.append(number)
        except msgspec.ValidationError:
            faults.append(Fault(number, "", "not_an_object"))
        except (msgspec.DecodeError, RecursionError):
            faults.append(Fault(number, "", "not_json"))
    columns = {name: as_cells([_text(row.get(name)) for row in rows]) for name in table.names}
    faults.sort()
    return Block(numbers, columns, faults)


def _text(value: str | int | float | bool | None) -> str:
    if isinstance(value, str):
        return value
    return _WORDS[value] if value is None or isinstance(value, bool) else str(value)
