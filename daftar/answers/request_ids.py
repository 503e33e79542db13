"""The id of the request at hand: it joins what the log says of one request, and the caller reads it in `X-Request-Id`.

An id that a proxy of ours gave is kept, when it has the form of one: whatever else a caller writes there could be
anything, also something personal, and is replaced.
"""

import os
import re
from contextvars import ContextVar

HEADER = "X-Request-Id"
_FORM = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

CURRENT: ContextVar[str] = ContextVar("request_id", default="")
"""Empty outside of a request."""


def begin(sent: str | None) -> str:
    """The id of a request that begins here, kept in CURRENT until the next one."""
    id = sent if sent is not None and _FORM.fullmatch(sent) else os.urandom(16).hex()
    CURRENT.set(id)
    return id
