"""`daftar feed load | status | pending | quarantine`: facts in from files, and what became of them."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from daftar.config import environment as env
from daftar.feeds import batches, offices, pending
from daftar.feeds.due import count_due
from daftar.feeds.load import file_name, load_file
from daftar.feeds.report import COVER_NOT_MADE, Report, problem_text, reason_text
from daftar.feeds.tables import TABLES
from daftar.store.connect import connect
from daftar.store.dialect import as_datetime
from daftar.store.keys import read_secrets

feed = typer.Typer(no_args_is_help=True, help="Facts in: files of branch databases (docs/reference/feeds.md).")
LANGUAGE = "en"  # of the terminal
SHOWN = 20
LARGEST = 2**63 - 1
"""The largest number that a database holds in one column."""


@feed.command()
def load(
    table: Annotated[str, typer.Argument(help=f"One of: {', '.join(TABLES)}")],
    file: Annotated[Path, typer.Argument(help="CSV with header, NDJSON or Parquet; UTF-8")],
    office: Annotated[str, typer.Option(help="Office of the rows that name none: its code")] = "",
) -> None:
    """Load a file; exit code 1 when rows were quarantined or the file was refused. Loading a file twice is safe."""
    console = Console()
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(escape(f"{table} from {file_name(file)}"), total=None)
        report = load_file(
            env.database_url(),
            read_secrets(env.state_folder() / "secret"),
            table,
            file,
            at=datetime.now(UTC),
            office=office,
            files=env.photos(),
            progress=lambda done, total: bars.update(task, completed=done, total=max(total, 1)),
        )
        bars.update(task, completed=1, total=1)
    _show(console, report)
    raise typer.Exit(0 if report.all_good else 1)


def _show(console: Console, report: Report) -> None:
    if report.already_loaded:
        console.print("This content was loaded before; nothing was changed. What it brought then:")
    counts = Table("rows", "changed", "unchanged", "stale", "pending", "quarantined", "released", "persons rebuilt")
    numbers = (report.rows, report.changed, report.unchanged, report.stale, report.pending, report.quarantined_rows)
    counts.add_row(*(f"{number:,}" for number in (*numbers, report.released, report.persons_touched)))
    console.print(counts)
    if report.quarantined:
        _show_faults(console, report.quarantined[:SHOWN])
        if report.quarantined_rows > SHOWN:
            console.print(f"All of them: daftar feed quarantine {report.batch}")
    if report.persons_left:
        console.print(f"[yellow]{problem_text(COVER_NOT_MADE, (f'{report.persons_left:,}',), LANGUAGE)}")
    if report.problem:
        console.print(f"[bold red]{problem_text(report.problem, report.problem_names, LANGUAGE)}")


def _show_faults(console: Console, faults: list) -> None:  # type: ignore[type-arg]
    table = Table("line", "column", "reason", "value")
    for fault in faults:
        table.add_row(str(fault.line), fault.column, reason_text(fault.reason, LANGUAGE), fault.masked)
    console.print(table)


@feed.command()
def status() -> None:
    """The lag of each office and table (S2.15), and the last batches."""
    console, now = Console(), datetime.now(UTC)
    with closing(connect(env.database_url())) as conn:
        lag, last, due = offices.lag(conn), batches.latest(conn, SHOWN), count_due(conn)
    by_office = Table("office", "table", "newest fact", "last contact", "silent for")
    for office, table, newest, contact in lag:
        silent = now - (as_datetime(contact) or now)
        by_office.add_row(office or "-", table, _time(newest), _time(contact), str(silent).partition(".")[0])
    console.print(by_office)
    by_batch = Table("batch", "table", "name", "state", "rows", "changed", "stale", "pending", "quarantined", "problem")
    for *first, _started, _finished, problem in last:
        by_batch.add_row(*(escape(str(each)) for each in (*first, problem)))
    console.print(by_batch)
    if due:
        console.print(f"{due:,} persons wait for a rebuild of their spans; the next load makes it.")


@feed.command("pending")
def pending_rows() -> None:
    """Rows that wait for persons not yet known."""
    with closing(connect(env.database_url())) as conn:
        waiting = pending.tables_waiting(conn)
    table = Table("table", "rows", "the oldest came")
    for name, count, oldest in waiting:
        table.add_row(name, f"{count:,}", oldest)
    Console().print(table)


@feed.command()
def quarantine(
    batch: Annotated[int, typer.Argument(min=1, max=LARGEST, help="Number of the batch, from `daftar feed status`")],
    most: Annotated[int, typer.Option(min=1, max=LARGEST, help="Rows shown")] = 1_000,
) -> None:
    """Rows of a batch that were not let in: line, column, reason, masked value."""
    with closing(connect(env.database_url())) as conn:
        faults = batches.quarantined(conn, batch, most)
    _show_faults(Console(), faults)


def _time(value: object) -> str:
    time = as_datetime(value)
    return f"{time:%Y-%m-%d %H:%M}" if time else ""
