"""`daftar explain CODE`: an answer taken apart in the terminal, journalled like every disclosure."""

import getpass
from datetime import date, datetime

from rich.console import Console
from rich.table import Column, Table

from daftar.answers import SharedWriter, TrackingCodes, record
from daftar.answers.decide import Span
from daftar.config import environment as env
from daftar.disclosure.explanation import Explanation, Fact, Facts, Looker, Standing, explain, looks
from daftar.store.connect import connect, transaction
from daftar.store.keys import read_secrets
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Basis, Channel
from daftar.terms.texts import text
from daftar.terms.tracking_codes import grouped, read_tracking_code

ANSWER_FIELDS = [
    "asked_at",
    "channel",
    "mode",
    "organisation",
    "office",
    "account",
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
SPAN_COLUMNS = ("insurer", "from", "to", "basis", "reason", "afterwards", "law")
UNCOUNTED = (
    "Cover is computed when a load has ended: what came, changed or was withdrawn shortly before the answer"
    " may not have counted yet."
)
FACT_COLUMNS = ("table", "fact", "when answered", "known here since (UTC)", "recorded at its source (UTC)")


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
            by = Looker(f"shell:{getpass.getuser()}", Channel.COUNTER)
            record(conn, looks(found, by), at=at, writer=SharedWriter(), tracking=tracking)
    conn.close()
    if found is None:
        console.print(f"No answer has the code {grouped(code)}.")
        return 1
    _show(console, code, found)
    return 0


def _show(console: Console, code: str, found: Explanation) -> None:
    answer = _table(f"Answer {grouped(code)}", "field", "value")
    for name in ANSWER_FIELDS:
        answer.add_row(name, _told(found.inquiry[name]))
    for entry in (found.outcome_text, found.reason_text):
        if entry:
            answer.add_row("in words", text(entry, "en"))
    console.print(answer)
    if not found.about_affiliation:
        _show_spans(console, found)
    if found.may_be_uncounted:
        console.print(UNCOUNTED)
    for each in found.facts:
        _show_facts(console, each)


def _show_spans(console: Console, found: Explanation) -> None:
    if found.span:
        _print_spans(console, "The span that decided", [found.span])
    elif found.span_lost:
        console.print("The span that decided is no longer kept.")
    else:
        console.print("No span decided: nothing is known of this person for that day.")
    if found.spans_changed:
        console.print("The spans have been computed anew since the answer.")
    if found.spans:
        _print_spans(console, "All spans now", found.spans)
    else:
        console.print("There are no spans now.")


def _print_spans(console: Console, title: str, spans: list[Span]) -> None:
    shown = _table(title, *SPAN_COLUMNS)
    for span in spans:
        ends = "—" if span.basis == Basis.NONE else span.ends or "open"
        shown.add_row(span.insurer, str(span.starts), str(ends), *span[3:])
    console.print(shown)


def _show_facts(console: Console, facts: Facts) -> None:
    title = "Facts on record"
    if facts.through:
        title = f"Facts of the main insured, through: {_words(facts.through)}"
    if facts.held:
        shown = _table(title, *FACT_COLUMNS)
        for fact in facts.held:
            times = _instant(fact.known_since), _instant(fact.recorded_at)
            shown.add_row(fact.table, _words(fact), _standing(fact), *times)
        console.print(shown)
    else:
        console.print(f"{title}: none.")
    if facts.unshown:
        console.print(f"Contributions not shown, of months further away from the day asked about: {facts.unshown}.")


def _table(title: str, *columns: str) -> Table:
    """A table that breaks what is too long for the terminal: of a code no letter is left out."""
    return Table(*(Column(name, overflow="fold") for name in columns), title=title, title_justify="left")


def _words(fact: Fact) -> str:
    return ", ".join(f"{name} {_told(value)}" for name, value in fact.values.items() if value not in (None, ""))


def _standing(fact: Fact) -> str:
    if fact.standing == Standing.LATER:
        return "not known yet"
    return f"known; {fact.standing} since {_instant(fact.until)} UTC" if fact.until else "known"


def _told(value: object) -> str:
    if isinstance(value, datetime):
        return f"{_instant(value)} UTC"
    return value.isoformat() if isinstance(value, date) else "—" if value in (None, "") else str(value)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
