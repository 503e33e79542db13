"""What follows from a change of the public directory, in its transaction: the terms under which institutions are found,
and the counter that tells pages to count anew (ADR 0014).

The feeds call it for their rows, the portal for entries that staff mend.
"""

from collections.abc import Iterable, Sequence

from daftar.feeds.bulk import insert_rows
from daftar.feeds.description import Change, Derived, FeedTable
from daftar.store.dialect import Connection, execute, execute_many
from daftar.terms.finding import terms_of, words_of

Term = tuple[bool, bytes, str]
Reworded = tuple[str, str, str]
"""Code of an institution, its words before (empty: none) and now."""

WORDS = Derived("words", ("name", "code"), words_of)


def office_words(name: str, department: str, code: str) -> str:
    """Offices are found by their department too (S4.9)."""
    return words_of(f"{name} {department}", code)


OFFICE_WORDS = Derived("words", ("name", "department", "code"), office_words)


def unit_words(name: str, town: str, code: str) -> str:
    """Units are found by their town too (S3.13)."""
    return words_of(f"{name} {town}", code)


UNIT_WORDS = Derived("words", ("name", "town", "code"), unit_words)


def institutions_follow(conn: Connection, table: FeedTable, changes: Sequence[Change]) -> None:
    """Terms of the rows that a feed wrote."""
    code, words = table.stored.index("code"), table.stored.index("words")
    institutions_index(
        conn, [(str(now[code]), str(was[words]) if was else "", str(now[words])) for was, now in changes]
    )
    note_change(conn)


def directory_follows(conn: Connection, table: FeedTable, changes: Sequence[Change]) -> None:
    """Rows of the smaller tables: they are found by their words alone."""
    note_change(conn)


def institutions_index(conn: Connection, reworded: Iterable[Reworded]) -> None:
    """Take away terms that no longer lead to an institution, and put in those that now do."""
    gone: list[Term] = []
    new: list[Term] = []
    for code, before, now in reworded:
        had, has = _terms(code, before), _terms(code, now)
        gone += had - has
        new += has - had
    if gone:
        execute_many(conn, "DELETE FROM institution_term WHERE whole = ? AND term = ? AND code = ?", sorted(gone))
    insert_rows(conn, "institution_term", ("whole", "term", "code"), sorted(new))


def note_change(conn: Connection) -> None:
    """Raise the counter; the last statement of a transaction, because others wait for it."""
    execute(conn, "UPDATE directory_change SET version = version + 1 WHERE id = 1")


def _terms(code: str, words: str) -> set[Term]:
    return {(whole, term.encode(), code) for whole, term in terms_of(words)}
