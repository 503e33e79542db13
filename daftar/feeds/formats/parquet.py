"""Parquet: texts, numbers, booleans, days and times; a row's line is its number plus one, as under a header."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import compress
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from daftar.feeds.block import Block, Fault, FileRefused, as_cells
from daftar.feeds.description import FeedTable
from daftar.feeds.masking import column_name

_ROWS = 16_384


def inspect(stream: BinaryIO, table: FeedTable) -> None:
    """Look at the schema. FileRefused when there is none, and for unknown, doubled, missing or nested columns."""
    schema = _open(stream).schema_arrow
    names = schema.names
    if unknown := [name for name in names if name not in table.names]:
        raise FileRefused("unknown_column", *map(column_name, unknown[:5]))
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise FileRefused("doubled_column", *doubled)
    if missing := [name for name in table.required if name not in names]:
        raise FileRefused("missing_column", *missing)
    if strange := [each.name for each in schema if not _plain(each.type)]:
        raise FileRefused("strange_column", *strange)


def blocks(stream: BinaryIO, table: FeedTable, progress: Callable[[int, int], None]) -> Iterator[Block]:
    """All rows; progress in rows. FileRefused `broken_off` when pages cannot be read; what came before is loaded."""
    file = _open(stream)
    total, done = file.metadata.num_rows, 0
    try:
        for batch in file.iter_batches(batch_size=_ROWS):
            yield _block(batch, done + 2)
            done += batch.num_rows
            progress(done, total)
    except (pa.ArrowException, OSError):
        raise FileRefused("broken_off") from None


def _open(stream: BinaryIO) -> pq.ParquetFile:
    if stream.seek(0, 2) == 0:
        raise FileRefused("empty_file")
    stream.seek(0)
    try:
        return pq.ParquetFile(stream)
    except UnicodeDecodeError:  # the name of a column
        raise FileRefused("not_utf8") from None
    except (pa.ArrowException, OSError):
        raise FileRefused("not_parquet") from None


def _plain(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_ = pa.types
    texts = is_.is_string(kind) or is_.is_large_string(kind) or is_.is_null(kind)
    numbers = is_.is_integer(kind) or is_.is_floating(kind) or is_.is_decimal(kind)
    return bool(texts or numbers or is_.is_boolean(kind) or is_.is_date(kind) or is_.is_timestamp(kind))


def _block(batch: pa.RecordBatch, first: int) -> Block:
    """Rows from the line `first` on; one with a text that is not UTF-8 costs itself only."""
    lines = list(range(first, first + batch.num_rows))
    columns: dict[str, pa.StringArray] = {}
    broken: dict[int, str] = {}
    for name in batch.schema.names:
        column = batch.column(name)
        try:
            texts = _texts(column)
        except UnicodeDecodeError:
            texts, places = _texts_singly(column)
            broken |= dict.fromkeys(places, name)
        columns[name] = as_cells(texts)
    if not broken:
        return Block(lines, columns)
    good = [place not in broken for place in range(batch.num_rows)]
    columns = {name: cells.filter(pa.array(good)) for name, cells in columns.items()}
    return Block(list(compress(lines, good)), columns, [Fault(lines[i], broken[i], "not_utf8") for i in sorted(broken)])


def _texts_singly(column: pa.Array) -> tuple[list[str], list[int]]:
    """As `_texts`, and the places of what is not UTF-8."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    texts, broken = [], []
    for place, value in enumerate(pc.cast(column, pa.large_binary()).to_pylist()):
        try:
            texts.append((value or b"").decode())
        except UnicodeDecodeError:
            texts.append("")
            broken.append(place)
    return texts, broken


def _texts(column: pa.Array) -> list[str]:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        try:
            return [_time(value) for value in column.to_pylist()]
        except (OverflowError, ValueError):
            return [_time_alone(scalar) for scalar in column]
    return [value or "" for value in pc.cast(column, pa.string()).to_pylist()]


def _time_alone(scalar: pa.Scalar) -> str:
    """As `_time`; one beyond the calendar is told as Arrow tells such days, and costs its own row only."""
    try:
        return _time(scalar.as_py())
    except (OverflowError, ValueError):
        return f"<value out of range: {scalar.value}>"


def _time(value: datetime | None) -> str:
    if value is None:
        return ""
    return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
