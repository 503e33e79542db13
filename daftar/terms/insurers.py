"""Names of basic insurers: those that run here and the others of their jurisdiction (S2.5). A code without a name is
shown as it came: the feeds may report an insurer that nobody has named yet."""

from functools import cache

from daftar.terms.jurisdictions import jurisdictions


def insurer_name(code: str, language: str) -> str:
    """Name of a basic insurer in a language; a code that no jurisdiction names stands for itself."""
    names = _names().get(code)
    return names[language] if names else code


def insurers() -> frozenset[str]:
    """The codes of all basic insurers that have a name."""
    return frozenset(_names())


@cache
def _names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in jurisdictions().values():
        found |= {each.insurer: each.insurer_name, **each.other_insurers}
    return found
