"""The personal inbox («صندوق شخصی»): certificates issued, who opened them, the code again, print, revoke (S1.27)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.certificates import Certificate
from daftar.disclosure.certificates.journal import Happened
from daftar.disclosure.certificates.words import closing
from daftar.portal.affiliation.shown import answer_blocks
from daftar.portal.certificates import selectors, services
from daftar.portal.certificates.forms import InboxForm
from daftar.portal.certificates.guards import for_owners
from daftar.portal.certificates.printing import pdf_response
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_oneself
from daftar.portal.theme.page import language
from daftar.terms.certificate_codes import CertificateNumber
from daftar.terms.jurisdictions import jurisdictions


@for_owners
@for_oneself(Act.SEE_CERTIFICATES)
def inbox(request: HttpRequest) -> HttpResponse:
    """All certificates, or those that fit some words."""
    form = InboxForm(request.GET)
    query = form.cleaned_data["query"] if form.is_valid() else ""
    found = selectors.inbox(services.owner_of(request.user), query, timezone.now())
    return render(request, "certificates/inbox.html", {"search": form, "found": found, "query": query})


@for_owners
@for_oneself(Act.SEE_CERTIFICATES)
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate: what it says, its state, what happened to it."""
    now = timezone.now()
    held = _look(request, number, Happened.SHOWN)
    lines, more = selectors.lines_of(held)
    context = document_context(held) | {"state": held.state(now), "lines": lines, "more": more}
    return render(request, "certificates/certificate.html", context)


@for_owners
@for_oneself(Act.SEE_CERTIFICATES)
def code(request: HttpRequest, number: str) -> HttpResponse:
    """Number, access code, date, expiry: what the organisation needs; shown as often as the owner asks."""
    shown = services.code_show(number=CertificateNumber(number), by=services.owner_of(request.user), at=timezone.now())
    if shown is None:
        raise Http404
    held = _look(request, number, Happened.SHOWN)
    return render(request, "certificates/code.html", {"held": held, "code": shown, "state": held.state(timezone.now())})


@for_owners
@for_oneself(Act.SEE_CERTIFICATES)
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The signed PDF in the reader's language."""
    return pdf_response(_look(request, number, Happened.PRINTED))


@for_owners
@for_oneself(Act.SEE_CERTIFICATES)
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once more, then take it back."""
    if request.method == "POST":
        held = services.certificate_revoke(
            number=CertificateNumber(number), by=services.owner_of(request.user), at=timezone.now()
        )
        if held is None:
            raise Http404
        return redirect("certificates:certificate", number)
    return render(request, "certificates/revoke.html", {"held": _look(request, number, Happened.SHOWN)})


def document_context(held: Certificate) -> dict[str, object]:
    """What the pages that show the whole document are given."""
    content = held.content
    return {
        "held": held,
        "answer": content.answer,
        "applicant": content.applicant,
        "blocks": answer_blocks(content.answer),
        "closing": closing(content.applicant, held.requested_on, language()),
        "insurer": jurisdictions()[held.jurisdiction],
        "zone": held.jurisdiction,
    }


def _look(request: HttpRequest, number: str, what: Happened) -> Certificate:
    held = services.certificate_look(
        number=CertificateNumber(number), what=what, by=services.owner_of(request.user), at=timezone.now()
    )
    if held is None:
        raise Http404
    return held
