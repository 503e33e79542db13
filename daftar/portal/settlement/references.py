"""What stands in an address for a settlement: a keyed digest of its number and version.

The number at the source may carry a hospital's or a person's own numbers; the digest says nothing, stays the same, and
is looked for among the reader's own settlements alone, so that one of somebody else is not there at all.
"""

from functools import cache
from hashlib import blake2b

from django.conf import settings

USE = "settlement-reference"
BYTES = 12


@cache
def _key() -> bytes:
    return bytes(settings.SECRETS.derive(USE))


def reference_of(settlement_id: str, version: int) -> str:
    """The reference of one version of a settlement: 24 hex digits."""
    return blake2b(f"{version}:{settlement_id}".encode(), key=_key(), digest_size=BYTES).hexdigest()
