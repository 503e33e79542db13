"""Who asked how often: providers joined with the tally of the journal, in one statement for a nation of them.

The tally is the watch's (`inquiry_tally`); only answered inquiries of providers count, refusals and the probe do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daftar.disclosure.agreements import ELIGIBILITY
from daftar.portal.journal.services import raw_connection
from daftar.portal.organisations.seats import SEAT, beginnings
from daftar.portal.providers.checking import Checking
from daftar.store.dialect import as_date, marks, rows

_COUNTED = "t.scope = 'organisation' AND t.mode = 'general' AND t.outcome IN ('covered', 'not_covered')"
_ADDED_UP = f"""
  SELECT t.place AS place, MIN(t.day) AS first_day, SUM(CASE WHEN t.day >= ? THEN t.asked ELSE 0 END) AS asked,
    COUNT(DISTINCT CASE WHEN t.day >= ? THEN t.day END) AS days
  FROM inquiry_tally t WHERE {_COUNTED} AND t.day <= ? GROUP BY t.place
"""
"""Day by day: right for any span, and slow for a nation."""
_KEPT = """
  SELECT place, first_day, asked_{days} AS asked, days_{days} AS days FROM inquiry_span WHERE jurisdiction = ?
"""
"""The same, as the watch keeps it for the spans that end today."""
KEPT = (7, 30, 90, 365)

_PROVIDERS = """
WITH asked AS ({asked}), provider AS (
  SELECT organisation.code AS code, organisation.name AS name, organisation.provider_type AS provider_type,
    organisation.ownership AS ownership, organisation.province AS province,
    COALESCE(a.asked, 0) AS asked, COALESCE(a.days, 0) AS days,
    CASE WHEN organisation.suspended OR NOT EXISTS (SELECT 1 FROM agreement g WHERE g.organisation = organisation.code
        AND NOT g.withdrawn AND g.starts <= ? AND (g.ends IS NULL OR g.ends >= ?)
        AND (g.purposes = '' OR g.purposes LIKE ?)) THEN 'barred'
      WHEN a.asked > 0 THEN 'checks' WHEN a.first_day < ? THEN 'silent' ELSE 'never' END AS checking
  FROM organisation LEFT JOIN asked a ON a.place = organisation.code
  WHERE organisation.kind = 'provider' AND NOT organisation.withdrawn AND organisation.code <> 'probe' AND {here}
)
"""
ORDERS = {"name": "name, code", "least": "asked, name, code", "most": "asked DESC, name, code"}


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are looked at; both count."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which providers of a jurisdiction; empty words choose all. `name`: a part of the name, or a code's beginning."""

    jurisdiction: str
    span: Span
    type: str = ""
    ownership: str = ""
    province: str = ""
    checking: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Providers that are counted together."""

    type: str
    ownership: str
    province: str
    checking: Checking
    providers: int
    asked: int


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider of the list. `days` are those on which it asked."""

    code: str
    name: str
    type: str
    ownership: str
    province: str
    asked: int
    days: int
    checking: Checking


def groups(wanted: Wanted) -> list[Group]:
    """The providers counted by type, ownership, province and state, whatever state is wanted. Inside `atomic()`.

    Each is judged once before they are grouped: otherwise PostgreSQL sorts them all, and SQLite judges them twice.
    """
    chosen, values = _chosen(wanted, checking=False)
    told = "provider_type, ownership, province, checking"
    providers, first = _providers(wanted)
    judged = f"{providers}, judged AS MATERIALIZED (SELECT {told}, asked FROM provider WHERE {chosen})"
    sql = f"{judged} SELECT {told}, COUNT(*), SUM(asked) FROM judged GROUP BY {told} ORDER BY {told}"
    found = rows(raw_connection(), sql, [*first, *values])
    return [
        Group(type_, ownership, province, Checking(checking), int(providers), int(asked))
        for type_, ownership, province, checking, providers, asked in found
    ]


def listed(wanted: Wanted, order: str, start: int, most: int) -> list[Provider]:
    """A stretch of the list. Inside `atomic()`."""
    chosen, values = _chosen(wanted, checking=True)
    told = "code, name, provider_type, ownership, province, asked, days, checking"
    providers, first = _providers(wanted)
    sql = f"{providers} SELECT {told} FROM provider WHERE {chosen} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
    found = rows(raw_connection(), sql, [*first, *values, most, start])
    return [
        Provider(code, name, type_, ownership, province, int(asked), int(days), Checking(checking))
        for code, name, type_, ownership, province, asked, days, checking in found
    ]


def last_asked(codes: Sequence[str]) -> dict[str, date]:
    """The last day on which each of a few providers asked; absent: never. Inside `atomic()`."""
    if not codes:
        return {}
    among = f"t.place IN ({marks(codes)})"
    sql = f"SELECT t.place, MAX(t.day) FROM inquiry_tally t WHERE {_COUNTED} AND {among} GROUP BY t.place"
    return {place: as_date(day) or date.min for place, day in rows(raw_connection(), sql, codes)}


def asked_by(code: str, span: Span) -> list[tuple[date, str, int]]:
    """Day, channel and number of one provider's inquiries. Inside `atomic()`."""
    sql = (
        f"SELECT t.day, t.channel, SUM(t.asked) FROM inquiry_tally t WHERE {_COUNTED} AND t.place = ?"
        " AND t.day BETWEEN ? AND ? GROUP BY t.day, t.channel ORDER BY t.day, t.channel"
    )
    found = rows(raw_connection(), sql, [code, span.first, span.last])
    return [(as_date(day) or date.min, channel, int(asked)) for day, channel, asked in found]


def _providers(wanted: Wanted) -> tuple[str, list[object]]:
    """The statement's beginning, with its values."""
    span, days = wanted.span, (wanted.span.last - wanted.span.first).days + 1
    asked: str = _ADDED_UP
    values: list[object] = [span.first, span.first, span.last]
    if days in KEPT and _kept_through(wanted.jurisdiction) == span.last:
        asked, values = _KEPT.format(days=days), [wanted.jurisdiction]
    others, codes = beginnings(wanted.jurisdiction)
    begins = " OR ".join(f"{SEAT} LIKE ?" for _ in codes)
    here = f"NOT ({begins})" if others else f"({begins})"
    values += [span.last, span.last, f"%{ELIGIBILITY}%", span.first, *(f"{each}%" for each in codes)]
    return _PROVIDERS.format(asked=asked, here=here), values


def _kept_through(jurisdiction: str) -> date | None:
    """The day with which the sums that are kept end; None: none are."""
    found = rows(raw_connection(), "SELECT through FROM span_reading WHERE jurisdiction = ?", [jurisdiction])
    return as_date(found[0][0]) if found else None


def _chosen(wanted: Wanted, *, checking: bool) -> tuple[str, list[object]]:
    exact = {"provider_type": wanted.type, "ownership": wanted.ownership, "province": wanted.province}
    if checking:
        exact["checking"] = wanted.checking
    parts: list[str] = ["1 = 1"]
    values: list[object] = []
    for column, value in exact.items():
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if wanted.name:
        parts.append("(LOWER(name) LIKE ? ESCAPE '\\' OR LOWER(code) LIKE ? ESCAPE '\\')")
        plain = wanted.name.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        values += [f"%{plain}%", f"{plain}%"]
    return " AND ".join(parts), values
