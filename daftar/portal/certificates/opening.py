"""Opening a certificate for an organisation: «پنل مخصوص دستگاه‌های دولتی / استعلام سند» (S1.10, S1.28).

The session holds for half an hour the numbers that this user has opened; each further look is journalled.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.agreements import CERTIFICATES, PURPOSES_BY_KIND
from daftar.disclosure.certificates import Certificate
from daftar.disclosure.certificates.journal import Happened
from daftar.disclosure.certificates.opening import NotOpened
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.certificates import services
from daftar.portal.certificates.forms import OpenForm
from daftar.portal.certificates.inbox import document_context
from daftar.portal.certificates.printing import pdf_response
from daftar.portal.organisations.selectors import may_ask, organisation_named
from daftar.portal.theme.forms import say, typed
from daftar.terms.certificate_codes import CertificateNumber
from daftar.terms.jurisdictions import jurisdictions

OPENED = "certificates_opened"
SHOWN_AGAIN_FOR = timedelta(minutes=30)
STATUS = {"no-agreement": 403, "too-many-requests": 429}
AT_THE_CODE = ("access-code-wrong",)


def for_openers(view: View) -> Callable[..., HttpResponse]:
    """Let in users of organisations that certificates may be addressed to; whether the agreement stands is asked below.

    Whoever is turned away here tried all the same: nothing is disclosed, and the attempt is journalled (X.5).
    """

    @for_roles(Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR)
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        request.organisation = organisation_named(request.user.organisation)
        kind = request.organisation.kind if request.organisation else ""
        if CERTIFICATES not in PURPOSES_BY_KIND.get(kind, frozenset()):
            typed = str(options.get("number") or request.POST.get("number", ""))
            services.turned_away_record(typed=typed, by=services.clerk_of(request.user), at=timezone.now())
            raise PermissionDenied(say("problem.no-agreement"))
        return view(request, *args, **options)

    return guarded


@for_openers
def open_document(request: HttpRequest) -> HttpResponse:
    """Number and access code in, the document out; each refusal says what to do."""
    form, now = OpenForm(typed(request)), timezone.now()
    if request.method != "POST" or not form.is_valid():
        return _open_page(request, form, 422 if form.errors else 200)
    told = services.certificate_open(
        number=form.cleaned_data["number"],
        code=form.cleaned_data["access_code"],
        by=services.clerk_of(request.user),
        allowed=_allowed(request, now),
        at=now,
    )
    if isinstance(told, Certificate):
        _remember(request, told, now)
        return redirect("certificates:opened", told.number)
    _refuse(form, told)
    page = _open_page(request, form, STATUS.get(told.problem, 422))
    if told.retry_after is not None:
        page.headers["Retry-After"] = str(told.retry_after)
    return page


@for_openers
def opened(request: HttpRequest, number: str) -> HttpResponse:
    """The document, for half an hour after it was opened."""
    return render(request, "certificates/opened.html", document_context(_again(request, number, Happened.SHOWN)))


@for_openers
def opened_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The same as signed PDF."""
    return pdf_response(_again(request, number, Happened.PRINTED))


def _open_page(request: HttpRequest, form: OpenForm, status: int) -> HttpResponse:
    context = {"form": form, "organisation": request.organisation}
    return render(request, "certificates/open.html", context, status=status)


def _allowed(request: HttpRequest, at: datetime) -> bool:
    today = jurisdictions()[request.user.jurisdiction].today(at)
    return may_ask(request.organisation, CERTIFICATES, today)


def _refuse(form: OpenForm, told: NotOpened) -> None:
    if told.problem in AT_THE_CODE:
        form.add_error("access_code", say("input.wrong_code", left=str(told.left)))
    else:
        form.add_error(None, say(f"problem.{told.problem}"))


def _remember(request: HttpRequest, held: Certificate, at: datetime) -> None:
    kept: dict[str, str] = request.session.get(OPENED, {})
    fresh = {number: until for number, until in kept.items() if datetime.fromisoformat(until) > at}
    request.session[OPENED] = fresh | {held.number: (at + SHOWN_AGAIN_FOR).isoformat()}


def _again(request: HttpRequest, number: str, what: Happened) -> Certificate:
    now = timezone.now()
    until = request.session.get(OPENED, {}).get(number)
    if until is None or datetime.fromisoformat(until) < now or not _allowed(request, now):
        raise Http404
    held = services.opened_look(number=CertificateNumber(number), what=what, by=services.clerk_of(request.user), at=now)
    if held is None:
        raise Http404
    return held
