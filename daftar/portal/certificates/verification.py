"""What anybody may ask: is this certificate valid? And the keys that verify its QR off-line (S1.25/S1.27 decision).

A PDF that is brought is held in memory as long as it is looked at. Who brings many things that are no certificate of
ours is slowed down by network address, so that nobody fills the journal; a certificate of ours is always told, and
journalled so many times an hour.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from daftar.disclosure.certificates.attempts import seconds_left
from daftar.disclosure.certificates.journal import Checker, Happened
from daftar.disclosure.certificates.verification import Verdict
from daftar.portal.accounts.network import network_address
from daftar.portal.affiliation.upload import InMemory
from daftar.portal.certificates import selectors, services
from daftar.portal.certificates.forms import MOST_MEGABYTES, PaperForm, VerifyForm
from daftar.portal.theme.errors import error_page
from daftar.portal.theme.forms import complaint, say, typed
from daftar.portal.theme.paper.printing import looks_like_pdf, wholeness_of
from daftar.store.signing_keys import signing_keys
from daftar.terms.certificate_codes import CertificateNumber, read_certificate_number
from daftar.terms.misunderstood import Misunderstood

KEYS_KEPT_SECONDS = 3600
PAPER = "with_paper"
"""The field that stands before the file: it is there also when the file was cut off."""

INVALID = 422
HAPPENED = {
    Verdict.NOT_OURS: Happened.NOT_OURS,
    Verdict.ALTERED: Happened.ALTERED,
    Verdict.NO_CERTIFICATE: Happened.NO_CERTIFICATE,
}


@csrf_exempt  # the handler must be in place before anything reads the upload: the check is made by the inner view
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a number, a scanned code or a PDF."""
    request.upload_handlers = [InMemory(request, MOST_MEGABYTES * 1024**2)]
    return _verify(request)


@csrf_protect
def _verify(request: HttpRequest) -> HttpResponse:
    if PAPER in request.POST:
        return _verify_paper(request)
    form = VerifyForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, PaperForm())
    try:
        number = selectors.scanned_number(form.cleaned_data["number"])
    except Misunderstood as error:
        form.add_error("number", complaint(error))
        return _page(request, form, PaperForm())
    if number:
        return redirect("certificates:verdict", number)
    return _refused(request, Verdict.NOT_OURS, Happened.FORGED)  # a QR that none of our keys has signed


def _verify_paper(request: HttpRequest) -> HttpResponse:
    """A PDF: whole, and then what its number says; or what is wrong with it."""
    form = PaperForm(request.POST, request.FILES)
    if getattr(request, "upload_too_large", False):
        form.refuse_too_large()
    if not form.is_valid():
        return _page(request, VerifyForm(), form)
    content = form.cleaned_data["paper"].read()
    verdict, number = selectors.paper(wholeness_of(content))
    if number:
        return _told(request, number, from_paper=True)
    if verdict is Verdict.NOT_OURS and not looks_like_pdf(content):
        form.refuse("paper", Misunderstood("paper_not_pdf"))
        return _page(request, VerifyForm(), form)
    return _refused(request, verdict, HAPPENED[verdict], from_paper=True)


@require_safe
def verdict(request: HttpRequest, number: str) -> HttpResponse:
    """One of three words about a full number. HEAD learns that the address is right: it is no check, and tells none."""
    try:
        read = read_certificate_number(number)
    except Misunderstood:
        raise Http404 from None
    if request.method == "HEAD":
        return HttpResponse()
    return _told(request, read)


def _told(request: HttpRequest, number: CertificateNumber, *, from_paper: bool = False) -> HttpResponse:
    """What stands behind a number, journalled."""
    told = services.certificate_check(number=number, by=_checker(request), at=timezone.now())
    return _verdict(request, told, number=number, from_paper=from_paper) if told else _too_many(request)


def _refused(request: HttpRequest, verdict: Verdict, what: Happened, *, from_paper: bool = False) -> HttpResponse:
    """A QR or PDF that leads to no certificate, journalled."""
    tell = services.refusal_record(what=what, by=_checker(request), at=timezone.now())
    return _verdict(request, verdict, from_paper=from_paper) if tell else _too_many(request)


def _checker(request: HttpRequest) -> Checker:
    return services.checker_of(request.user, network_address(request))


def _verdict(request: HttpRequest, verdict: Verdict, **shown: object) -> HttpResponse:
    return render(request, "certificates/verdict.html", {"verdict": verdict, **shown})


def _too_many(request: HttpRequest) -> HttpResponse:
    page = error_page(request, 429, say("problem.too-many-requests"))
    page.headers["Retry-After"] = str(seconds_left(timezone.now()))
    return page


def _page(request: HttpRequest, form: VerifyForm, paper: PaperForm) -> HttpResponse:
    context = {"form": form, "paper": paper, "wrong": paper if paper.errors else form}
    return render(request, "certificates/verify.html", context, status=INVALID if context["wrong"].errors else 200)


@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    """Our public keys (RFC 7517), the newest first."""
    keys = [key.public_jwk() for key in signing_keys(settings.CERTIFICATE_KEYS)]
    response = JsonResponse({"keys": keys}, content_type="application/jwk-set+json")
    response.headers["Cache-Control"] = f"public, max-age={KEYS_KEPT_SECONDS}"
    return response
