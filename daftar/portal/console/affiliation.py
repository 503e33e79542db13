"""The insurer's list of all organisations' affiliation inquiries (S1.29)."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.affiliation.forms import FilterForm
from daftar.portal.affiliation.inquiry_list import InquiryList, filter_typed, kept_filter
from daftar.portal.affiliation.services import export_record
from daftar.portal.organisations.selectors import asking_organisations
from daftar.terms.outcomes import Ground

INVALID = 422
KEPT = "all_inquiries"


class AllFilterForm(FilterForm):
    """The filter over all organisations: which of them instead of which account."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    field_order = ("organisation", "outcome", "day_from", "day_to")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, accounts=(), **options)
        del self.fields["account"]
        self.offer("organisation", asking_organisations())


@for_roles(Role.INSURER_ADMIN)
def inquiries(request: HttpRequest) -> HttpResponse:
    """All affiliation inquiries, the newest first."""
    form = AllFilterForm(filter_typed(request, KEPT))
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = kept_filter(request.POST)
        return redirect("console:inquiries")
    names = dict(asking_organisations())
    context = {"form": form, "names": names} | InquiryList(request, form).context(request)
    context["inquiries"] = [replace(each, name=names.get(each.row.organisation, "")) for each in context["inquiries"]]
    return render(request, "console/inquiries.html", context, status=INVALID if form.errors else 200)


@require_POST
@for_roles(Role.INSURER_ADMIN)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a file; the export is journalled."""
    shown = InquiryList(request, AllFilterForm(request.session.get(KEPT)))
    lines = shown.lines()
    export_record(organisation=None, lines=lines, ground=Ground.DUTY, by=request.user.user, at=timezone.now())
    return shown.as_file()
