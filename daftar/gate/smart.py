"""Scopes of SMART backend services (SMART App Launch 2.2, "Scopes"): what `system/…` lets a client do here.

A client is registered with our own word `eligibility`; it may ask for that, or for less in SMART's words, of version 1
(`system/Coverage.read`) or 2 (`system/Coverage.rs`). Agreement and organisation still decide every question.
"""

import re
from functools import lru_cache

BEHIND = "eligibility"
"""Our scope that a client must have to be given SMART's."""

RESOURCES = {
    "CoverageEligibilityRequest": "cr",
    "CoverageEligibilityResponse": "rs",
    "Coverage": "rs",
    "Organization": "r",
}
"""What is served, and the letters of what can be done: create, read, search."""

_SCOPE = re.compile(r"system/(\*|[A-Za-z]+)\.(read|write|\*|c?r?u?d?s?)\Z")
_LETTERS = {"read": "rs", "write": "cud", "*": "cruds"}


def is_smart(scope: str) -> bool:
    """Whether a scope of SMART grants something that is served here."""
    return any(_grants(scope, resource, letter) for resource, letters in RESOURCES.items() for letter in letters)


def may_be_given(wanted: frozenset[str], held: frozenset[str]) -> bool:
    """Whether a client with these scopes of ours may have a token with the wanted ones."""
    return all(scope in held or (BEHIND in held and is_smart(scope)) for scope in wanted)


@lru_cache(maxsize=4096)
def allows(scopes: frozenset[str], resource: str, letter: str) -> bool:
    """Whether a token's scopes allow an interaction with a resource: `c`, `r` or `s`."""
    return BEHIND in scopes or any(_grants(scope, resource, letter) for scope in scopes)


def _grants(scope: str, resource: str, letter: str) -> bool:
    found = _SCOPE.match(scope)
    return found is not None and found[1] in ("*", resource) and letter in _LETTERS.get(found[2], found[2])
