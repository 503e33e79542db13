"""The id of the request at hand: it joins what the log says of one request, and the caller reads it in `X-Request-Id`.

An id that a proxy of ours gave is kept, when it has the form of one: whatever else a caller writes there could be
anything, also something personal, and is replaced.
"""

import os
import re
from contextvars import ContextVar
from itertools import count

HEADER = "X-Request-Id"
_FORM = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_process = os.urandom(8).hex()
_numbers = count(1)

CURRENT: ContextVar[str] = ContextVar("request_id", default="")
"""Empty outside of a request."""


def begin(sent: str | None) -> str:
    """The id of a request that begins here, kept in CURRENT until the next one."""
    id = sent if sent is not None and _FORM.fullmatch(sent) else f"{_process}{next(_numbers):016x}"
    CURRENT.set(id)
    return id
