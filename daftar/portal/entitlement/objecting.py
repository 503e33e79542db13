"""«I do not agree»: an objection from the page of one's own answer, by the session that was told it (S2.12).

Nobody logs in: the one-time code has shown who asks. A proxy is told whom the page is for instead.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.objections import Objected
from daftar.portal.cases.objecting import SaidForm, complaint_of, objection_submit
from daftar.portal.entitlement.own_steps import ANSWERS
from daftar.portal.journal.selectors import inquiry_row
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_oneself
from daftar.portal.theme.forms import typed
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Mode
from daftar.terms.tracking_codes import TrackingCode, read_tracking_code

INVALID = 422
TAKEN = "own_objection"
"""In the session: number and day of what was taken down; nothing personal."""


@for_oneself(Act.OBJECT)
def object_to_own(request: HttpRequest, code: str) -> HttpResponse:
    """What is wrong with the answer."""
    told, row = _told(request, code)
    form = SaidForm(typed(request))
    if request.method == "POST" and form.is_valid():
        outcome = objection_submit(
            code=_read(code),
            by=UUID(str(row["acting_for"] or row["key"])),
            account=request.user if request.user.is_authenticated else None,
            said=form.cleaned_data["said"],
            at=timezone.now(),
        )
        if isinstance(outcome, Objected):
            request.session[TAKEN] = {"code": code, "number": outcome.number, "due_on": outcome.due_on.isoformat()}
            return redirect("entitlement:own_objected", code)
        form.add_error(None, complaint_of(outcome, told["jurisdiction"]))
    context = {"form": form, "code": code, "row": row}
    return render(request, "entitlement/own_object.html", context, status=INVALID if form.errors else 200)


@for_oneself(Act.OBJECT)
def objected(request: HttpRequest, code: str) -> HttpResponse:
    """The number, and what happens next."""
    told, _ = _told(request, code)
    taken = request.session.get(TAKEN, {})
    if taken.get("code") != code:
        raise Http404
    context = {
        "number": taken["number"],
        "due_on": datetime.fromisoformat(taken["due_on"]).date(),
        "hotline": jurisdictions()[told["jurisdiction"]].hotline,
        "code": code,
    }
    return render(request, "entitlement/own_objected.html", context)


def _told(request: HttpRequest, code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What this session was told under a code, and the journal's row of it; 404 for everybody else."""
    told: dict[str, Any] = request.session.get(ANSWERS, {}).get(code)
    if not told or told["for"] != request.page_for or datetime.fromisoformat(told["until"]) < timezone.now():
        raise Http404
    with transaction.atomic():
        row = inquiry_row(code)
    if row is None or row["mode"] != Mode.SPECIFIC:
        raise Http404
    return told, row


def _read(code: str) -> TrackingCode:
    try:
        return read_tracking_code(code)
    except Misunderstood:
        raise Http404 from None
