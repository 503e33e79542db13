"""The tables of docs/reference/feeds.md, made from the descriptions; a test holds the page to them.

`python -m daftar.feeds.reference` prints them.
"""

from daftar.feeds.description import Column, FeedTable
from daftar.feeds.tables import TABLES


def tables_page() -> str:
    """All feed tables as Markdown."""
    return "\n".join(_table(table) for table in TABLES.values())


def _table(table: FeedTable) -> str:
    lines = [
        f"## {table.name}",
        f"Fills `{table.target}`. {_notes(table)}".rstrip(),
        "",
        "| column | holds |  |",
        "|---|---|---|",
    ]
    for identity in table.identities:
        need = "key" if identity.key else "required"
        lines.append(f"| `{identity.type_column}` | type of the identifier | {need} |")
        lines.append(f"| `{identity.number_column}` | the identifier | {need} |")
    lines += [_row(column) for column in table.columns]
    if table.mobile:
        where = "of the identifier's country" if table.mobile.by else "of any of our countries"
        lines.append(f"| `{table.mobile.name}` | mobile {where} | {'key' if table.mobile.key else 'sealed'} |")
    lines += ["", *(f"- {about}" for about in _rules(table))]
    return "\n".join(lines).rstrip() + "\n"


def _rules(table: FeedTable) -> list[str]:
    several = [*(table.across.about if table.across else ()), *(table.attached.about if table.attached else ())]
    return [*(check.about for check in table.checks), *several]


def _row(column: Column) -> str:
    marks = [
        name for name, is_so in (("key", column.key), ("required", column.required), ("sealed", column.sealed)) if is_so
    ]
    return f"| `{column.name}` | {column.reader.about} | {', '.join(marks)} |"


def _notes(table: FeedTable) -> str:
    notes = []
    if table.registers:
        notes.append("Makes persons known.")
    if table.about_persons:
        notes.append("Rows about persons not yet known wait.")
    if table.changes_access:
        notes.append("Gates see a change within a second.")
    return " ".join(notes)


if __name__ == "__main__":
    print(tables_page())
