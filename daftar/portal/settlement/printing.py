"""A statement as a signed PDF in the reader's language (S4.25)."""

from datetime import datetime

from django.utils.translation import gettext

from daftar.portal.settlement.statement import Statement
from daftar.portal.theme.paper.printing import signed_pdf


def statement_pdf(statement: Statement, jurisdiction: str, at: datetime) -> bytes:
    """The signed PDF; `at` is when it is printed."""
    context = {"statement": statement, "printed_at": at, "zone": jurisdiction}
    reason = gettext("Settlement statement")
    return signed_pdf("settlement/paper.html", context, jurisdiction=jurisdiction, reason=reason)
