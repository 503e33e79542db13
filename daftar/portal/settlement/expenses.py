"""«跨省异地就医费用查询»: one's direct settlements, their totals, their statements (S4.23-S4.25). Behind the quiz."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daftar.portal.settlement.columns import NAMES
from daftar.portal.settlement.guards import quiz_passed
from daftar.portal.settlement.printing import statement_pdf
from daftar.portal.settlement.rows import years
from daftar.portal.settlement.services import Opened, expenses_open, statement_open
from daftar.portal.settlement.statement import Statement
from daftar.portal.settlement.statement import statement as statement_of
from daftar.portal.settlement.totals import totals
from daftar.portal.theme.page import language
from daftar.portal.theme.paper.printing import pdf_response
from daftar.terms.jurisdictions import jurisdictions

BESIDE_AMOUNTS = 7
"""Columns of the wide table besides the first and the amounts: state, stay, currency, share, two places, insurance."""


@quiz_passed
def expenses(request: HttpRequest) -> HttpResponse:
    """Every expense that was settled directly («每一笔费用信息»)."""
    account, now = request.user, language()
    opened = expenses_open(person=account.person_key, by=account.user, at=timezone.now())
    found = years(opened.lines, opened.places, now)
    marked = [row for year in found for row in year.rows if row.marks]
    context = {
        "years": found,
        "count": len(opened.lines),
        "marked": marked,
        "names": NAMES.values(),
        "columns": BESIDE_AMOUNTS + len(NAMES),
        "totals": totals(opened.lines, now),
    }
    return render(request, "settlement/expenses.html", context)


@quiz_passed
def statement(request: HttpRequest, reference: str) -> HttpResponse:
    """One «住院结算单» as a page."""
    opened = _opened(request, reference, Opened.SHOWN)
    context = {"statement": opened, "insurer": jurisdictions()[request.user.jurisdiction]}
    return render(request, "settlement/statement.html", context)


@quiz_passed
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a signed PDF."""
    opened = _opened(request, reference, Opened.PRINTED)
    made = statement_pdf(opened, request.user.jurisdiction, timezone.now())
    return pdf_response(made, f"statement-{reference}.pdf")


def _opened(request: HttpRequest, reference: str, what: Opened) -> Statement:
    account = request.user
    content = statement_open(
        person=account.person_key, reference=reference, what=what, by=account.user, at=timezone.now()
    )
    if content is None:
        raise Http404
    return statement_of(content, account.jurisdiction)
