"""Cursors: where a page of a list ends, in a word that means nothing outside of its list and filters.

A cursor names the last code that was told, so rows that come or go between two pages move no other row.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from hashlib import blake2b

from django.conf import settings

from daftar.terms.problems import Problem

CHECK = 8


def cursor_after(code: str, name: str, filters: Mapping[str, str]) -> str:
    """The cursor of what follows `code` in a list with these filters."""
    return urlsafe_b64encode(_check(code, name, filters) + code.encode()).decode().rstrip("=")


def read_cursor(cursor: str, name: str, filters: Mapping[str, str]) -> str:
    """The code that a cursor stands for. Raises Problem `invalid-cursor`."""
    try:
        content = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        code = content[CHECK:].decode()
    except (Error, ValueError):
        raise Problem("invalid-cursor") from None
    if cursor != cursor_after(code, name, filters):
        raise Problem("invalid-cursor")
    return code


def _check(code: str, name: str, filters: Mapping[str, str]) -> bytes:
    """Ours alone can be read: what somebody puts together never reaches the database."""
    parts = [name, *(f"{key}={filters[key]}" for key in sorted(filters)), code]
    key = settings.SECRETS.derive("cursor")
    return blake2b("\n".join(parts).encode(), digest_size=CHECK, key=key).digest()
