"""How often a network address may ask for something, by allauth's counts in the database (ACCOUNT_RATE_LIMITS)."""

from allauth.core import ratelimit
from django.http import HttpRequest

INVALID, TOO_MANY = 422, 429


def within_limit(request: HttpRequest, action: str, key: str) -> bool:
    """Count one `action`; False when this network address, or `key`, has had too many."""
    return bool(ratelimit.consume(request, action=action, key=key))
