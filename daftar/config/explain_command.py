"""`daftar explain CODE`: an answer taken apart in the terminal, journalled like every disclosure."""

import getpass
from datetime import datetime

from rich.console import Console
from rich.table import Table

from daftar.answers import Entry, SharedWriter, TrackingCodes, record
from daftar.config import environment as env
from daftar.disclosure.explanation import Explanation, explain
from daftar.store.connect import connect, transaction
from daftar.store.keys import read_secrets
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground
from daftar.terms.texts import text
from daftar.terms.tracking_codes import grouped, read_tracking_code

ANSWER_FIELDS = [
    "asked_at",
    "channel",
    "mode",
    "organisation",
    "service_day",
    "period_from",
    "period_to",
    "setting",
    "outcome",
    "reason",
    "valid_until",
    "payers",
    "rule_version",
    "ground",
    "purpose",
    "reference",
    "shown",
]


def explain_code(typed: str, at: datetime) -> int:
    """Print the explanation; 0, or 1 when there is no such code."""
    console = Console()
    try:
        code = read_tracking_code(typed)
    except Misunderstood as error:
        console.print(text(f"input.{error.code}", "en", **error.values))
        return 1
    tracking = TrackingCodes(read_secrets(env.state_folder() / "secret"))
    conn = connect(env.database_url())
    with transaction(conn):
        found = explain(conn, code, tracking=tracking)
        if found is not None:
            record(conn, [_entry(found)], at=at, writer=SharedWriter(), tracking=tracking)
    conn.close()
    if found is None:
        console.print(f"No answer has the code {grouped(code)}.")
        return 1
    _show(console, code, found)
    return 0


def _entry(found: Explanation) -> Entry:
    return Entry(
        channel=Channel.COUNTER,
        mode="explanation",
        key=found.inquiry["key"],
        outcome=found.inquiry["outcome"],
        reason=found.inquiry["reason"],
        ground=Ground.DUTY,
        shown="status reason valid_until spans facts",
        account=f"shell:{getpass.getuser()}",
        service_day=found.inquiry["service_day"],
    )


def _show(console: Console, code: str, found: Explanation) -> None:
    answer = Table("field", "value", title=f"Answer {grouped(code)}", title_justify="left")
    for name in ANSWER_FIELDS:
        answer.add_row(name, str(found.inquiry[name] if found.inquiry[name] is not None else "—"))
    for entry in (found.outcome_text, found.reason_text):
        if entry:
            answer.add_row("in words", text(entry, "en"))
    console.print(answer)
    if not found.about_affiliation:
        _show_spans(console, found)
    _show_facts(console, found)


def _show_spans(console: Console, found: Explanation) -> None:
    spans = Table(
        "insurer", "from", "to", "basis", "reason", "afterwards", "law", title="Spans held now", title_justify="left"
    )
    for span in found.spans:
        marker = "→ " if span == found.span else ""
        spans.add_row(f"{marker}{span.insurer}", str(span.starts), str(span.ends or "open"), *span[3:])
    console.print(spans)
    if found.spans_changed:
        console.print("The spans have been rebuilt since; the span that decided then: " + str(found.span))


def _show_facts(console: Console, found: Explanation) -> None:
    facts = Table("table", "fact", "recorded", title="Facts held now", title_justify="left")
    for fact in found.facts:
        words = ", ".join(f"{name} {value}" for name, value in fact.values.items() if value not in (None, ""))
        facts.add_row(
            fact.table, words, f"{fact.recorded_at:%Y-%m-%d %H:%M}" + (" (after the answer)" if fact.later else "")
        )
    console.print(facts)
