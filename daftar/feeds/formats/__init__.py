"""File formats: each turns a stream into blocks of texts by column. A new one is a module and a row in `FORMATS`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from daftar.feeds.block import Block, FileRefused
from daftar.feeds.description import FeedTable
from daftar.feeds.formats import csv_rows, ndjson, parquet

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: how it is recognised, what is looked at first, and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    content_types: tuple[str, ...]
    inspect: Callable[[BinaryIO, FeedTable], None]  # raises FileRefused before anything is loaded
    blocks: Callable[[BinaryIO, FeedTable, Progress], Iterator[Block]]


FORMATS = (
    Format("csv", (".csv",), ("text/csv", "application/csv"), csv_rows.inspect, csv_rows.blocks),
    Format(
        "ndjson",
        (".ndjson", ".jsonl"),
        ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines"),
        ndjson.inspect,
        ndjson.blocks,
    ),
    Format(
        "parquet",
        (".parquet",),
        ("application/vnd.apache.parquet", "application/x-parquet"),
        parquet.inspect,
        parquet.blocks,
    ),
)


def format_of_name(name: str) -> Format:
    """The format that a file name's suffix says; FileRefused `unknown_format` for another."""
    for each in FORMATS:
        if name.lower().endswith(each.suffixes):
            return each
    raise FileRefused("unknown_format", *(each.name for each in FORMATS))


def format_of_content_type(content_type: str) -> Format:
    """The format that a media type says, parameters aside; FileRefused `unknown_format` for another."""
    plain = content_type.partition(";")[0].strip().lower()
    for each in FORMATS:
        if plain in each.content_types:
            return each
    raise FileRefused("unknown_format", *(each.name for each in FORMATS))
