"""Reading the journal."""

from typing import Any

from daftar.answers.questions import Answer
from daftar.answers.recall import read_answers, read_inquiries
from daftar.portal.journal.services import TRACKING, raw_connection
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.tracking_codes import read_tracking_code


def inquiry_id(code: str) -> int | None:
    """The journal's id of a tracking code as typed; None when it cannot be one."""
    try:
        return TRACKING.id_of(read_tracking_code(code))
    except Misunderstood:
        return None


def inquiry_row(code: str) -> dict[str, Any] | None:
    """The journal's row under a tracking code. Call it inside `atomic()`."""
    id = inquiry_id(code)
    return None if id is None else read_inquiries(raw_connection(), [id]).get(id)


def answer_given(code: str) -> Answer | None:
    """An entitlement answer as it was given; only for rows of entitlement inquiries. Call it inside `atomic()`."""
    id = inquiry_id(code)
    return None if id is None else read_answers(raw_connection(), [id], TRACKING).get(id)
