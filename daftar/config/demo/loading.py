"""Loads the made-up files through the feeds, table by table, and shows how far it has come."""

from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from daftar.feeds.load import load_file
from daftar.feeds.report import Report
from daftar.store.keys import Secrets


class DemoRefused(RuntimeError):
    """The feeds did not take a made-up file whole: the demo and the feeds disagree."""


def load_feeds(
    database_url: str, secrets: Secrets, files: dict[str, Path], at: datetime, console: Console
) -> dict[str, Report]:
    """Load every file, in order; spans are rebuilt once, after the last. Raises DemoRefused."""
    columns = TextColumn("{task.description:<34}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    reports: dict[str, Report] = {}
    with Progress(*columns, console=console) as bars:
        for table, path in files.items():
            is_last = path == list(files.values())[-1]
            name = f"{table} and coverage" if is_last else table
            task = bars.add_task(name, total=1)

            def advance(done: int, total: int, task: int = task) -> None:
                bars.update(task, completed=done, total=max(total, 1))  # type: ignore[arg-type]

            reports[table] = load_file(database_url, secrets, table, path, at=at, progress=advance, rebuild=is_last)
            _check(reports[table])
            bars.update(task, completed=1, total=1)
    return reports


def _check(report: Report) -> None:
    if report.problem or report.quarantined_rows or report.pending:
        raise DemoRefused(f"{report.table}: {report.problem or report.quarantined[:3] or 'rows wait for a person'}")
