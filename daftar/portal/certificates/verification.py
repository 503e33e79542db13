"""What anybody may ask: is this certificate valid? And the keys that verify its QR off-line (S1.25/S1.27 decision)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daftar.disclosure.certificates.verification import Verdict
from daftar.portal.certificates import selectors
from daftar.portal.certificates.forms import VerifyForm
from daftar.portal.theme.forms import complaint, typed
from daftar.store.signing_keys import signing_keys
from daftar.terms.certificate_codes import read_certificate_number
from daftar.terms.misunderstood import Misunderstood

KEYS_KEPT_SECONDS = 3600


def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a number or a scanned code."""
    form = VerifyForm(typed(request))
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            number = selectors.scanned_number(form.cleaned_data["number"])
        except Misunderstood as error:
            form.add_error("number", complaint(error))
        else:
            if number:
                return redirect("certificates:verdict", number)
            refused = True  # a QR that none of our keys has signed
    context = {"form": form, "verdict": Verdict.NOT_OURS if refused else None}
    return render(request, "certificates/verify.html", context, status=422 if form.errors else 200)


@require_safe
def verdict(request: HttpRequest, number: str) -> HttpResponse:
    """One of three words about a full number."""
    try:
        read = read_certificate_number(number)
    except Misunderstood:
        raise Http404 from None
    context = {"number": read, "verdict": selectors.verdict(read, timezone.now())}
    return render(request, "certificates/verdict.html", context)


@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    """Our public keys (RFC 7517), the newest first."""
    keys = [key.public_jwk() for key in signing_keys(settings.CERTIFICATE_KEYS)]
    response = JsonResponse({"keys": keys}, content_type="application/jwk-set+json")
    response.headers["Cache-Control"] = f"public, max-age={KEYS_KEPT_SECONDS}"
    return response
