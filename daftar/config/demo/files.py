"""Writes the made-up rows as feed files, so that every format of contracts §2 is used: CSV, NDJSON and Parquet."""

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from daftar.config.demo.facts import TABLES, Facts, Row

NDJSON = ("organisations", "agreements", "evidence", "pooling_regions", "filings")
PARQUET = ("contributions",)


def write_feeds(facts: Facts, folder: Path) -> dict[str, Path]:
    """One file a table; returns its path by table, in the order of loading."""
    folder.mkdir(parents=True, exist_ok=True)
    return {table: _write(table, facts.rows[table], folder) for table in TABLES}


def _write(table: str, rows: list[Row], folder: Path) -> Path:
    if table in PARQUET:
        return _write_parquet(rows, folder / f"{table}.parquet")
    if table in NDJSON:
        return _write_ndjson(rows, folder / f"{table}.ndjson")
    return _write_csv(rows, folder / f"{table}.csv")


def _columns(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def _text(value: str | int | bool | date | datetime | None) -> str | int | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return value


def _write_csv(rows: list[Row], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _columns(rows))
        writer.writeheader()
        writer.writerows({column: _text(value) for column, value in row.items()} for row in rows)
    return path


def _write_ndjson(rows: list[Row], path: Path) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            plain = {column: _plain(value) for column, value in row.items() if value not in (None, "")}
            file.write(json.dumps(plain, ensure_ascii=False) + "\n")
    return path


def _plain(value: str | int | bool | date | datetime | None) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def _write_parquet(rows: list[Row], path: Path) -> Path:
    columns = {column: [row.get(column) for row in rows] for column in _columns(rows)}
    parquet.write_table(pa.table(columns), path, compression="zstd")
    return path
