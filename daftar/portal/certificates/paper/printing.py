"""A certificate as a signed PDF in the reader's language, with the QR of its token."""

import segno
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from daftar.disclosure.certificates import Certificate
from daftar.disclosure.certificates.words import applicant_name, closing, sentence
from daftar.portal.affiliation.shown import answer_blocks
from daftar.portal.theme.page import HTML_LANGUAGES, direction, language
from daftar.terms.jurisdictions import jurisdictions

QR_SCALE = 6  # sharp at 300 dots an inch


def certificate_pdf(held: Certificate) -> bytes:
    """The signed PDF. What prints and signs is loaded at the first one: it takes a second, and most never print."""
    from daftar.portal.certificates.paper.press import press
    from daftar.portal.certificates.paper.signature import signature

    made = press().print(certificate_html(held))
    return signature(settings.PDF_SIGNER).sign(made, reason=gettext("Certificate of insurance relationship"))


def certificate_html(held: Certificate) -> str:
    """The pages before they are printed."""
    now, content = language(), held.content
    context = {
        "held": held,
        "language": now,
        "html_language": HTML_LANGUAGES[now],
        "direction": direction(now),
        "insurer": jurisdictions()[held.jurisdiction],
        "answer": content.answer,
        "sentence": sentence(held, now),
        "applicant": content.applicant,
        "name": applicant_name(content.applicant),
        "blocks": answer_blocks(content.answer),
        "closing": closing(content.applicant, held.requested_on, now),
        "qr": token_qr(held.token),
        "verify": settings.BASE_URL + reverse("certificates:verify"),
        "zone": held.jurisdiction,
    }
    return render_to_string("certificates/paper.html", context)


def token_qr(token: str) -> str:
    """The token as a picture in the page itself; drawn from paths it would take a third of the printing time."""
    return segno.make(token, error="m", micro=False).png_data_uri(scale=QR_SCALE, border=4)


def pdf_response(held: Certificate) -> HttpResponse:
    """The PDF to keep or to print."""
    response = HttpResponse(certificate_pdf(held), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{held.number}.pdf"'
    return response
