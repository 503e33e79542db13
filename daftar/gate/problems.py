"""The listed problems as the gate sends them (daftar.terms.problems)."""

import msgspec

from daftar.terms.problems import STATUS, FieldError, Problem, field_problem

__all__ = ["STATUS", "FieldError", "Problem", "encode", "field_problem"]


def encode(problem: Problem, language: str) -> bytes:
    """The problem as application/problem+json."""
    return msgspec.json.encode(problem.body(language))
