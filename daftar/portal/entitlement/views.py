"""Pages of an organisation that asks (S2.7) and of the payer it chooses (S2.5)."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.admissions import NotRecorded
from daftar.disclosure.agreements import ELIGIBILITY
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.entitlement import services
from daftar.portal.entitlement.forms import AdmissionForm, AskForm, FindForm
from daftar.portal.entitlement.selectors import OrganisationAnswer, organisation_answer
from daftar.portal.journal.services import QuotaUsedUp
from daftar.portal.organisations.selectors import may_ask, organisation_named
from daftar.portal.theme.forms import say, typed
from daftar.portal.theme.page import language
from daftar.terms.calendars import show_day_short
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Setting

INVALID = 422


def for_asking_organisations(view: View) -> View:
    """Let in users of an organisation whose agreement for eligibility is in force today and not suspended (S1.2)."""

    @for_roles(Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR)
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        today = jurisdictions()[request.user.jurisdiction].today(timezone.now())
        request.organisation = organisation_named(request.user.organisation)
        if not may_ask(request.organisation, ELIGIBILITY, today):
            raise PermissionDenied(say("problem.no-agreement"))
        return view(request, *args, **options)

    return guarded


@for_asking_organisations
def ask(request: HttpRequest) -> HttpResponse:
    """Ask whether a person is covered on a day: two statuses and a tracking code, nothing else."""
    now = timezone.now()
    zone = request.user.jurisdiction
    initial = {"service_day": show_day_short(jurisdictions()[zone].today(now), language())}
    form = AskForm(typed(request), jurisdiction=zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            answer = services.inquiry_ask(
                identifier=form.cleaned_data["identifier"],
                service_day=form.cleaned_data["service_day"],
                setting=Setting(form.cleaned_data["setting"]),
                by=services.Asker(request.user.organisation, request.user.user),
                at=now,
            )
            return redirect("entitlement:answer", answer.tracking_code)
        except Misunderstood as error:
            form.refuse("service_day", error)
        except QuotaUsedUp:
            form.add_error(None, say("problem.quota-exceeded"))
    context = {"form": form, "organisation": request.organisation}
    return render(request, "entitlement/ask.html", context, status=INVALID if form.errors else 200)


@for_asking_organisations
def find(request: HttpRequest) -> HttpResponse:
    """An answer of the organisation's own by its tracking code, for an admission that comes later."""
    form = FindForm(typed(request))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        with transaction.atomic():
            known = organisation_answer(code, request.user.organisation) is not None
        if known:
            return redirect("entitlement:answer", code)
        form.add_error("code", say("problem.not-found"))
    context = {"form": form, "organisation": request.organisation}
    return render(request, "entitlement/find.html", context, status=INVALID if form.errors else 200)


@for_asking_organisations
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """What was answered; a hospital records here who pays for the admission."""
    with transaction.atomic():
        found = organisation_answer(code, request.user.organisation)
    if found is None:
        raise Http404
    payers = [payer.insurer for payer in found.answer.payers or ()]
    form = AdmissionForm(typed(request), payers=payers, initial={"payer": payers[0] if payers else None})
    if request.method == "POST" and form.is_valid() and payers:
        recorded = services.admission_record(
            inquiry=found.answer.id,
            reference=form.cleaned_data["reference"],
            payer=form.cleaned_data["payer"],
            by=services.Asker(request.user.organisation, request.user.user),
            at=timezone.now(),
        )
        if not isinstance(recorded, NotRecorded):
            return redirect("entitlement:answer", code)
        form.add_error(None, say("problem.already-recorded"))
    return _answer_page(request, found, form)


def _answer_page(request: HttpRequest, found: OrganisationAnswer, form: AdmissionForm) -> HttpResponse:
    context = {
        "answer": found.answer,
        "admission": found.admission,
        "form": form,
        "organisation": request.organisation,
        "zone": request.user.jurisdiction,
    }
    return render(request, "entitlement/answer.html", context, status=INVALID if form.errors else 200)
