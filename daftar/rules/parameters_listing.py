"""The reference page of all parameters, written from the files: docs/reference/parameters.md."""

from collections.abc import Iterator

from daftar.rules.parameters import ASSUMED, Dated, law_set, law_sets

HEAD = """# Parameters of the law
Written by `python -m daftar.rules.parameters_listing`; a test keeps it in step. Each parameter is one file,
`daftar/rules/parameters/<law set>/<topic>/<name>.yaml`. A value holds from its date until the next one; `null` ends it.
*assumed* means that no official text is known. The unit is the one that the rule reads: a file in another one, one that
says something twice, or one that does not say where it comes from, is refused by `daftar rules check` and when the law
is read. See [the law](../explanation/law.md) for how they are used.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *(line for code in law_sets() for line in _law_set(code))]) + "\n"


def _law_set(code: str) -> Iterator[str]:
    yield f"## {code}\n"
    yield "| parameter | meaning | unit | values | reference |"
    yield "|---|---|---|---|---|"
    for name, parameter in law_set(code).items():
        values = "; ".join(_value(dated, parameter.reference) for dated in parameter.values)
        yield f"| `{name}` | {parameter.description} | {parameter.unit} | {values} | {parameter.reference} |"
    yield ""


def _value(dated: Dated, reference: str) -> str:
    value = dated.value
    shown = (
        ", ".join(value) or "none" if isinstance(value, tuple) else str(value).lower() if value is not None else "ends"
    )
    own = f" ({ASSUMED})" if dated.reference == ASSUMED != reference else ""
    return f"{dated.since}: {shown}{own}"


if __name__ == "__main__":
    print(page(), end="")
