"""A certificate as a signed PDF in the reader's language, with the QR of its token."""

import segno
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from daftar.disclosure.certificates import Certificate
from daftar.disclosure.certificates.words import applicant_name, closing, sentence
from daftar.portal.affiliation.shown import answer_blocks
from daftar.portal.theme.page import language
from daftar.portal.theme.paper import printing

QR_SCALE = 6  # sharp at 300 dots an inch


def certificate_pdf(held: Certificate) -> bytes:
    """The signed PDF."""
    content = held.content
    context = {
        "held": held,
        "answer": content.answer,
        "sentence": sentence(held, language()),
        "applicant": content.applicant,
        "name": applicant_name(content.applicant),
        "blocks": answer_blocks(content.answer),
        "closing": closing(content.applicant, held.requested_on, language()),
        "qr": token_qr(held.token),
        "verify": settings.BASE_URL + reverse("certificates:verify"),
    }
    return printing.signed_pdf(
        "certificates/paper.html",
        context,
        jurisdiction=held.jurisdiction,
        reason=gettext("Certificate of insurance relationship"),
    )


def token_qr(token: str) -> str:
    """The token as a picture in the page itself; drawn from paths it would take a third of the printing time."""
    return segno.make(token, error="m", micro=False).png_data_uri(scale=QR_SCALE, border=4)


def pdf_response(held: Certificate) -> HttpResponse:
    """The PDF to keep or to print."""
    return printing.pdf_response(certificate_pdf(held), f"certificate-{held.number}.pdf")
