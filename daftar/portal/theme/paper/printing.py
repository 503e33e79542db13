"""A template as a signed PDF in the reader's language: certificates, statements (S1.23-S1.26, S4.25).

Such a template extends `paper.html` and fills `title` and `main`.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from daftar.portal.theme.page import HTML_LANGUAGES, direction, language
from daftar.terms.jurisdictions import jurisdictions

if TYPE_CHECKING:
    from daftar.portal.theme.paper.reading import ReadPaper


def signed_pdf(template: str, context: dict[str, Any], *, jurisdiction: str, reason: str) -> bytes:
    """The PDF under the insurer's head, signed for a `reason` in words.

    What prints and signs is loaded at the first one: it takes a second, and most processes never print.
    """
    from daftar.portal.theme.paper.press import press
    from daftar.portal.theme.paper.signature import signature

    made = press().print(paper_html(template, context, jurisdiction))
    return signature(settings.PDF_SIGNER, settings.PDF_SIGNERS).sign(made, reason=reason)


def wholeness_of(pdf: bytes) -> "ReadPaper":
    """Whether a PDF is one that was signed here, and as it was signed."""
    from daftar.portal.theme.paper.reading import read_paper
    from daftar.portal.theme.paper.signature import kept_certificates, signature

    signature(settings.PDF_SIGNER, settings.PDF_SIGNERS)  # also who has not signed since this folder is there
    return read_paper(pdf, kept_certificates(settings.PDF_SIGNERS))


def looks_like_pdf(content: bytes) -> bool:
    """Whether readers of PDFs would try to open it: they look for its first line in the first kilobyte."""
    return b"%PDF-" in content[:1024]


def paper_html(template: str, context: dict[str, Any], jurisdiction: str) -> str:
    """The pages before they are printed."""
    now = language()
    head = {
        "language": now,
        "html_language": HTML_LANGUAGES[now],
        "direction": direction(now),
        "insurer": jurisdictions()[jurisdiction],
        "zone": jurisdiction,
    }
    return render_to_string(template, head | context)


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to keep or to print, under a file name that tells nothing of anybody."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
