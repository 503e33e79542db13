"""What a citizen has chosen on the way to a certificate: a period and an addressee. It lives in the session.

Nothing in it is about the person: days, and the code of an organisation.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from daftar.portal.certificates.addressees import Addressee, addressee_named

PLACE = "certificate_draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been chosen so far."""

    period_from: date | None = None
    period_to: date | None = None
    addressee: Addressee | None = None


def read_draft(request: HttpRequest, today: date) -> Draft | None:
    """This session's draft, without an addressee that may be chosen no more; None before the first step."""
    kept: dict[str, str | None] | None = request.session.get(PLACE)
    if kept is None:
        return None
    code = kept.get("addressee")
    return Draft(_day(kept.get("from")), _day(kept.get("to")), addressee_named(code, today) if code else None)


def keep_draft(request: HttpRequest, draft: Draft) -> None:
    """Remember it for the next page."""
    request.session[PLACE] = {
        "from": draft.period_from.isoformat() if draft.period_from else None,
        "to": draft.period_to.isoformat() if draft.period_to else None,
        "addressee": draft.addressee.code if draft.addressee else None,
    }


def drop_draft(request: HttpRequest) -> None:
    """The certificate is issued."""
    request.session.pop(PLACE, None)


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
