"""`daftar journal verify` and `daftar journal head`: whether the journal is as it was written (ADR 0013)."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from daftar.answers import TrackingCodes
from daftar.answers.blocks import sealed_rows
from daftar.answers.head import Head, HeadForged, read_head
from daftar.answers.tampering import Finding, Tampering
from daftar.answers.tracking import LARGEST_ID
from daftar.answers.verify import Report, verify
from daftar.answers.writers import SEQUENCES
from daftar.config import environment as env
from daftar.config.sealer import HEAD_FILE, KEY_FOLDER
from daftar.store.connect import connect, snapshot
from daftar.store.journal_keys import JournalKeys, read_journal_keys
from daftar.store.keys import read_secrets
from daftar.terms.tracking_codes import grouped

PATIENCE_SECONDS = 60  # rows are sealed each second
LIMIT = "What was changed, added or removed before it was sealed, about a second after it was written, cannot be seen."
UNBOUNDED = (
    "{count} writers are leased now, or ended without giving their number back: until they do, a row that somebody adds"
    " behind their last one looks like theirs."
)
LATE = (
    "Rows have been waiting to be sealed since {since:%Y-%m-%d %H:%M:%S} UTC: does the sealer run, as daftar serve"
    " starts it? As long as they wait, they can be changed unseen."
)
STATEMENT_SECONDS = 24 * 3600.0
MEANING = {
    Tampering.ROW_CHANGED: "row changed or swapped",
    Tampering.ROW_REMOVED: "row removed",
    Tampering.ROW_INSERTED: "row inserted",
    Tampering.BLOCK_CHANGED: "block changed: hash, signature or chain do not fit",
    Tampering.BLOCK_REMOVED: "block removed: nothing seals these rows",
    Tampering.TRUNCATED: "cut off: the published head knows these rows",
    Tampering.HEAD_FORGED: "the head's signature is not ours",
}

journal = typer.Typer(no_args_is_help=True, help="Whether the journal is as it was written.")


@journal.command("verify")
def verify_journal(
    head: Annotated[
        Path | None, typer.Option(help="A copy of the head kept elsewhere; without it the state folder's.")
    ] = None,
    patience: Annotated[int, typer.Option(help="Seconds that a row may wait to be sealed.")] = PATIENCE_SECONDS,
) -> None:
    """Check every row, block and chain, and the published head.

    Ends with 1 when something was tampered with, or rows wait so long that nobody can be sealing.
    """
    console = Console()
    keys = read_journal_keys(env.state_folder() / KEY_FOLDER)
    known, forged = _head(head or env.state_folder() / HEAD_FILE, keys)
    report = _verified(console, keys, known)
    findings = [*forged, *report.findings]
    console.print(f"{report.rows:,} rows in {report.blocks:,} blocks; {report.waiting:,} rows wait to be sealed.")
    if known is None and not forged:
        console.print("There is no published head yet: whether the end was cut off cannot be seen.")
    console.print(LIMIT)
    if report.unbounded:
        console.print(UNBOUNDED.format(count=report.unbounded))
    late = _waits_too_long(report, patience)
    if late:
        console.print(late)
    if findings:
        console.print(_table(findings))
    if findings or late:
        raise typer.Exit(1)
    console.print("Nothing was tampered with.")


@journal.command("head")
def print_head() -> None:
    """Print the published head, signed, as it is served at /.well-known/journal-head.json: keep copies elsewhere."""
    path = env.state_folder() / HEAD_FILE
    if not path.exists():
        typer.echo("Nothing has been sealed yet.", err=True)
        raise typer.Exit(1)
    sys.stdout.buffer.write(path.read_bytes())


def _head(path: Path, keys: JournalKeys) -> tuple[Head | None, list[Finding]]:
    if not path.exists():
        return None, []
    try:
        return read_head(path.read_bytes(), keys), []
    except HeadForged:
        return None, [Finding(Tampering.HEAD_FORGED, 0, 0, 0)]


def _waits_too_long(report: Report, patience: int) -> str:
    """What to say when rows wait longer than a sealer that runs would let them."""
    since = report.waiting_since
    if since is None or (datetime.now(UTC) - since).total_seconds() <= patience:
        return ""
    return LATE.format(since=since)


def _verified(console: Console, keys: JournalKeys, head: Head | None) -> Report:
    conn = connect(env.database_url(), statement_seconds=STATEMENT_SECONDS)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with snapshot(conn), Progress(*columns, TimeRemainingColumn(), console=console) as progress:
            task = progress.add_task("rows", total=sealed_rows(conn))
            return verify(conn, keys, head, lambda rows: progress.advance(task, rows))
    finally:
        conn.close()


def _table(findings: list[Finding]) -> Table:
    tracking = TrackingCodes(read_secrets(env.state_folder() / "secret"))
    table = Table("what", "writer", "first row", "last row", "tracking code of the first")
    for each in findings:
        id = each.writer * SEQUENCES + each.first
        code = grouped(tracking.codes([id])[0]) if 0 <= id <= LARGEST_ID else "-"
        table.add_row(MEANING[each.what], str(each.writer), f"{each.first:,}", f"{each.last:,}", code)
    return table
