"""The plain SQL of the lower rooms holds to Django's models: tables and columns that it names exist (design §2)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import sqlglot
from django.apps import apps
from sqlglot import exp

from tests.architecture.tree import LOWER_ROOMS, named, python_files, syntax

ROOMS = [room for room in LOWER_ROOMS if room != "rules"]  # the law asks DuckDB about Arrow tables, not our database

STATEMENT = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s", re.IGNORECASE)
NOT_TABLES = {"json_each", "unnest", "pg_class", "pg_locks", "pg_inherits", "pg_namespace", "generate_series"}
FREE_NAMES = {"value", "relname", "excluded", "ctid", "rowid", "oid"}
"""Columns of the databases themselves."""


@cache
def schema() -> dict[str, set[str]]:
    """Columns by table, as the models have them."""
    return {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields if field.column}
        for model in apps.get_models()
    }


def constants(module: ast.Module) -> dict[str, ast.expr]:
    """Names that a module gives to texts."""
    found: dict[str, ast.expr] = {}
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
    return found


def text_of(node: ast.expr, names: dict[str, ast.expr]) -> str | None:
    """The text of a string or f-string; None when a part is known only at run time and is no list of marks."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return text_of(names[node.id], names) if node.id in names else None
    if isinstance(node, ast.Call):
        return "?" if getattr(node.func, "id", "") == "marks" else None
    if isinstance(node, ast.FormattedValue):
        return text_of(node.value, names)
    if isinstance(node, ast.JoinedStr):
        parts = [text_of(part, names) for part in node.values]
        return None if None in parts else "".join(part for part in parts if part is not None)
    return None


def statements() -> Iterator[tuple[Path, str]]:
    """Every SQL text of the lower rooms that can be read without running them."""
    for path in python_files(*(f"daftar/{room}" for room in ROOMS)):
        names = constants(syntax(path))
        inner = {id(part) for node in ast.walk(syntax(path)) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in inner:
                text = text_of(node, names)
                if text and STATEMENT.match(text) and re.search(r"\b(FROM|INTO|SET)\b", text):
                    yield path, text


def parsed(text: str) -> exp.Expression | None:
    """A statement's syntax; None for text that is no SQL after all. `{keys}` stands for a list."""
    try:
        return sqlglot.parse_one(
            text.replace("%s", "?").replace("{keys}", "(?)"), dialect="postgres" if "::" in text else "sqlite"
        )
    except sqlglot.errors.ParseError:
        return None


def faults(statement: exp.Expression) -> list[str]:
    """Tables and columns that no model has."""
    own = {each.alias_or_name for each in statement.find_all(exp.CTE, exp.Subquery, exp.TableAlias)}
    tables = {each.name for each in statement.find_all(exp.Table) if each.name} - own - NOT_TABLES
    unknown = [f"table {name}" for name in sorted(tables - set(schema()))]
    if unknown or not tables:
        return unknown
    known = set().union(*(schema()[name] for name in tables)) | FREE_NAMES | tables
    known |= {each.alias for each in statement.find_all(exp.Alias, exp.TableAlias, exp.Subquery)}
    known |= {column.name for each in statement.find_all(exp.TableAlias) for column in each.columns}
    known |= {each.name for each in statement.find_all(exp.TableAlias) if each.name}
    named_columns = {each.name for each in statement.find_all(exp.Column)}
    into = statement.find(exp.Schema)
    named_columns |= {each.name for each in into.expressions} if into else set()
    return [f"column {name}" for name in sorted(named_columns - known) if name != "*"]


def test_sql_holds_to_the_models() -> None:
    """A column that is renamed in a model, or misspelt in SQL, is found here and not in production."""
    checked, wrong = 0, []
    for path, text in statements():
        statement = parsed(text)
        if statement is None:
            continue
        checked += 1
        wrong += [f"{named(path)}: {fault} in {' '.join(text.split())[:80]}" for fault in faults(statement)]
    assert wrong == []
    assert checked >= 25


def test_the_check_finds_a_wrong_column_and_a_wrong_table() -> None:
    """The check itself can fail."""
    right, column, table = (
        parsed(text)
        for text in (
            "SELECT key, starts FROM coverage WHERE insurer = ?",
            "SELECT key, start_day FROM coverage",
            "DELETE FROM coverages WHERE key = ?",
        )
    )
    assert right
    assert faults(right) == []
    assert column
    assert faults(column) == ["column start_day"]
    assert table
    assert faults(table) == ["table coverages"]
