"""Migrations are named by hand, import no app code, and leave nothing of the models out (style)."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override

from tests.architecture.tree import named, python_files, syntax

NAME = re.compile(r"\d{4}_[a-z]+(_[a-z]+)*\.py")
BY_MACHINE = re.compile(r"_auto_|_initial|_alter_|_remove_|_rename_|_and_more|_delete_")


def migrations() -> list[Path]:
    """Every migration of the portal's apps."""
    return [path for path in python_files("daftar") if path.parent.name == "migrations" and path.name != "__init__.py"]


@pytest.mark.parametrize("path", migrations(), ids=named)
def test_a_migration_is_named_by_hand(path: Path) -> None:
    """0001_registry, not 0001_initial."""
    assert NAME.fullmatch(path.name)
    assert not BY_MACHINE.search(path.name)


@pytest.mark.parametrize("path", migrations(), ids=named)
def test_a_migration_imports_no_app_code(path: Path) -> None:
    """What it needs it carries: app code moves on, migrations do not."""
    modules = {node.module or "" for node in ast.walk(syntax(path)) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(syntax(path)) if isinstance(node, ast.Import) for alias in node.names}
    assert not {module for module in modules if module.startswith("daftar.portal")}


def test_the_models_have_no_change_without_a_migration() -> None:
    """What `makemigrations --check` would find, without a database; as there, no language is on."""
    loader = MigrationLoader(None)
    state = loader.project_state()
    with override(None):
        found = MigrationAutodetector(state, ProjectState.from_apps(apps)).changes(graph=loader.graph)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("daftar.")}
    assert {label: found[label] for label in found if label in ours} == {}


def test_every_column_says_what_it_is() -> None:
    """`help_text` on every field is the data dictionary (style)."""
    silent = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("daftar.")
        for field in model._meta.concrete_fields
        if not field.help_text and not field.auto_created and field.name not in ("pk", "id", "password", "last_login")
    ]
    assert not silent
