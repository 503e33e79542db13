"""The list of an organisation's inquiries, for its supervisors (S1.29)."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.accounts.models import Account
from daftar.portal.affiliation import services
from daftar.portal.affiliation.forms import FilterForm
from daftar.portal.affiliation.guards import SUPERVISORS, for_panel
from daftar.portal.affiliation.inquiry_list import InquiryList, filter_typed, kept_filter
from daftar.terms.outcomes import Ground

INVALID = 422
KEPT = "inquiries"


@for_panel(*SUPERVISORS, ended_may=True)
def inquiries(request: HttpRequest) -> HttpResponse:
    """The organisation's inquiries by account, day and outcome, the newest first; nothing of the persons."""
    organisation = request.user.organisation
    form = FilterForm(filter_typed(request, KEPT), accounts=_accounts(organisation))
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = kept_filter(request.POST)
        return redirect("affiliation:inquiries")
    context = {"form": form, "organisation": request.organisation}
    context |= InquiryList(request, form, organisation).context(request)
    return render(request, "affiliation/inquiries.html", context, status=INVALID if form.errors else 200)


@require_POST
@for_panel(*SUPERVISORS, ended_may=True)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a file; the export is journalled."""
    organisation = request.user.organisation
    shown = InquiryList(request, FilterForm(request.session.get(KEPT), accounts=_accounts(organisation)), organisation)
    services.export_record(
        organisation=organisation,
        lines=shown.lines(),
        ground=Ground.AGREEMENT,
        by=request.user.user,
        at=timezone.now(),
    )
    return shown.as_file()


def _accounts(organisation: str) -> list[tuple[str, str, str]]:
    """The organisation's accounts: number, log-in name, shown name."""
    found = Account.objects.filter(organisation=organisation).order_by("display_name", "user")
    return [(str(each.pk), each.user, each.display_name or each.user) for each in found]
