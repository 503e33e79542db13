"""`daftar coverage rebuild`: spans computed anew, for all persons or for those who wait."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from daftar import coverage as spans
from daftar.config import environment as env
from daftar.config.feed_commands import LANGUAGE
from daftar.feeds.report import COVER_NOT_MADE, problem_text
from daftar.store.connect import connect
from daftar.store.dialect import rows

coverage = typer.Typer(no_args_is_help=True, help="Coverage spans, computed from facts by the law.")


@coverage.callback()
def _coverage() -> None:
    """Keeps `rebuild` a sub-command while it is the only one."""


@coverage.command()
def rebuild(
    everybody: Annotated[bool, typer.Option("--all", help="Every person, as after a change of the law")] = False,
) -> None:
    """Rebuild the spans of persons whose facts changed, or of everybody; inquiries go on meanwhile.

    Exit code 1 when facts of some persons cannot be read: their spans stay as they were.
    """
    table, work = ("person", spans.rebuild_all) if everybody else ("coverage_due", spans.rebuild_due)
    conn = connect(env.database_url())
    total = rows(conn, f"SELECT count(*) FROM {table}")[0][0]
    with Progress(TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()) as bars:
        task = bars.add_task("persons rebuilt", total=total)
        done = work(conn, at=datetime.now(UTC), progress=lambda handled: bars.advance(task, handled))
    conn.close()
    typer.echo(f"{done.changed:,} of {total:,} persons have new spans.")
    if done.left:
        typer.echo(problem_text(COVER_NOT_MADE, (f"{done.left:,}",), LANGUAGE))
        raise typer.Exit(1)
