"""The data's age: the newest fact and the last contact of each office and table (S2.15)."""

from datetime import datetime

from daftar.feeds.block import FileRefused
from daftar.feeds.readers import code, stored_time
from daftar.store.dialect import Connection, execute, execute_many, rows
from daftar.terms.misunderstood import Misunderstood

LONGEST_CODE = 16


def office_code(given: str) -> str:
    """The office that a sender speaks for, none when nothing is given; FileRefused for what can be no office's code."""
    try:
        return str(code(LONGEST_CODE).read(given)) if given else ""
    except Misunderstood:
        raise FileRefused("not_an_office") from None


def note_contact(conn: Connection, table: str, newest: dict[str, str], at: datetime) -> None:
    """Keep the newest `recorded_at` of each office, and that it was heard of at `at`; neither ever goes back."""
    sql = (
        'INSERT INTO feed_office (office, "table", newest_fact, last_contact) VALUES (?, ?, ?, ?) '
        'ON CONFLICT (office, "table") DO UPDATE SET '
        "newest_fact = CASE WHEN excluded.newest_fact > feed_office.newest_fact "
        "THEN excluded.newest_fact ELSE feed_office.newest_fact END, "
        "last_contact = CASE WHEN excluded.last_contact > feed_office.last_contact "
        "THEN excluded.last_contact ELSE feed_office.last_contact END"
    )
    heard = stored_time(at)
    execute_many(conn, sql, [(office, table, recorded_at, heard) for office, recorded_at in sorted(newest.items())])


def note_heard(conn: Connection, table: str, office: str, at: datetime) -> None:
    """An office has sent something, perhaps nothing new; one that never sent a fact of this table has no age yet."""
    sql = 'UPDATE feed_office SET last_contact = ? WHERE office = ? AND "table" = ? AND last_contact < ?'
    execute(conn, sql, [stored_time(at), office, table, stored_time(at)])


def newest_by_office(pairs: set[tuple[str, str]]) -> dict[str, str]:
    """The newest time of each office, from pairs of office and time."""
    newest: dict[str, str] = {}
    for office, recorded_at in pairs:
        if recorded_at > newest.get(office, ""):
            newest[office] = recorded_at
    return newest


def lag(conn: Connection) -> list[tuple[str, str, object, object]]:
    """Office, table, newest fact and last contact, the oldest contact first."""
    sql = 'SELECT office, "table", newest_fact, last_contact FROM feed_office ORDER BY last_contact, office, "table"'
    return [(str(row[0]), str(row[1]), row[2], row[3]) for row in rows(conn, sql)]
