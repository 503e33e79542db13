"""Loads the made-up files through the feeds, table by table, and shows how far it has come."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from daftar.coverage import rebuild_due
from daftar.feeds.load import load_file
from daftar.feeds.report import Report
from daftar.store.connect import connect
from daftar.store.keys import Secrets


class DemoRefused(RuntimeError):
    """The feeds did not take a made-up file whole: the demo and the feeds disagree."""


def load_feeds(
    database_url: str, secrets: Secrets, files: dict[str, Path], at: datetime, console: Console
) -> dict[str, Report]:
    """Load every file, in order, then rebuild coverage in bulk: nobody asks meanwhile. Raises DemoRefused."""
    columns = TextColumn("{task.description:<16}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    reports: dict[str, Report] = {}
    with Progress(*columns, console=console) as bars:
        for table, path in files.items():
            task = bars.add_task(table, total=1)

            def advance(done: int, total: int, task: TaskID = task) -> None:
                bars.update(task, completed=done, total=max(total, 1))

            reports[table] = load_file(database_url, secrets, table, path, at=at, progress=advance, rebuild=False)
            _check(reports[table])
            bars.update(task, completed=1, total=1)
        task = bars.add_task("coverage", total=reports["persons"].rows)
        with closing(connect(database_url)) as conn:
            rebuild_due(conn, at=at, progress=lambda handled: bars.advance(task, handled))
        bars.update(task, completed=1, total=1)
    return reports


def _check(report: Report) -> None:
    if report.problem or report.quarantined_rows or report.pending:
        raise DemoRefused(f"{report.table}: {report.problem or report.quarantined[:3] or 'rows wait for a person'}")
