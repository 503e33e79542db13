"""`daftar rules check | assumed`: the parameters of the law, validated and listed."""

import typer
from rich.console import Console
from rich.table import Table

from daftar.rules import parameters_check

rules = typer.Typer(no_args_is_help=True, help="The dated parameters of the law.")


@rules.command()
def check() -> None:
    """Validate all parameter files; exit code 1 when something is wrong."""
    problems = parameters_check.check()
    for problem in problems:
        typer.echo(f"{problem.where}: {problem.what}")
    if problems:
        raise typer.Exit(1)
    typer.echo("All parameters are well formed.")


@rules.command()
def assumed() -> None:
    """List the values that have no official source."""
    table = Table("law set", "parameter", "from", "value", "unit", "what it is")
    for each in parameters_check.assumed():
        table.add_row(each.law_set, each.parameter, str(each.since), str(each.value), each.unit, each.description)
    Console().print(table)
