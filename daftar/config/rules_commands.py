"""`daftar rules check | assumed`: the parameters of the law, validated and listed."""

import typer
from rich.console import Console
from rich.table import Table

rules = typer.Typer(no_args_is_help=True, help="The dated parameters of the law.")


@rules.command()
def check() -> None:
    """Validate all parameter files; exit code 1 when something is wrong."""
    from daftar.rules import checking

    problems = checking.check()
    for problem in problems:
        typer.echo(f"{problem.file}: {problem.what}")
    if problems:
        raise typer.Exit(1)
    typer.echo("All parameters are well formed.")


@rules.command()
def assumed() -> None:
    """List the values that have no official source."""
    from daftar.rules import checking

    table = Table("law set", "parameter", "from", "value", "unit", "what it is")
    for each in checking.assumed():
        table.add_row(each.law_set, each.name, each.since.isoformat(), str(each.value), each.unit, each.description)
    Console().print(table)
