"""A citizen's way to a certificate: one's own state, an organisation, a preview, the inbox (S1.8, S1.9, S1.21-S1.26).

«بیمه‌شدگان / خدمات نام‌نویسی / استعلام ارتباط فعال با سازمان»
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.affiliation import AffiliationAnswer
from daftar.disclosure.certificates import Certificate
from daftar.disclosure.certificates.words import closing
from daftar.portal.affiliation.shown import answer_blocks
from daftar.portal.certificates import services
from daftar.portal.certificates.addressees import MOST_SHOWN, Addressee, addressees
from daftar.portal.certificates.draft import Draft, drop_draft, keep_draft, read_draft
from daftar.portal.certificates.forms import KIND_NAMES, AddresseeForm, PeriodForm, SearchForm
from daftar.portal.certificates.guards import for_owners
from daftar.portal.certificates.selectors import applicant_of
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_oneself
from daftar.portal.theme.forms import say, typed
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422


@for_owners
@for_oneself(Act.ISSUE_CERTIFICATE)
def own(request: HttpRequest) -> HttpResponse:
    """Ask for one's own state, today or in a period."""
    form = PeriodForm(typed(request))
    if request.method == "POST" and form.is_valid():
        draft = Draft(form.cleaned_data["period_from"], form.cleaned_data["period_to"])
        told = services.own_state_ask(draft=draft, by=services.owner_of(request.user), at=timezone.now())
        if isinstance(told, AffiliationAnswer):
            keep_draft(request, draft)
            return redirect("certificates:state")
        form.refuse_faults(told.faults)
    return render(request, "certificates/own.html", {"form": form}, status=INVALID if form.errors else 200)


@for_owners
@for_oneself(Act.ISSUE_CERTIFICATE)
def state(request: HttpRequest) -> HttpResponse:
    """The answer: the same sentence that an authority reads."""
    draft = read_draft(request, _today(request))
    if draft is None:
        return redirect("certificates:own")
    told = services.own_state_ask(draft=draft, by=services.owner_of(request.user), at=timezone.now())
    if not isinstance(told, AffiliationAnswer):
        return redirect("certificates:own")
    context = {"answer": told, "blocks": answer_blocks(told), "zone": request.user.jurisdiction}
    return render(request, "certificates/state.html", context)


@for_owners
@for_oneself(Act.ISSUE_CERTIFICATE)
def organisation(request: HttpRequest) -> HttpResponse:
    """Choose whom the certificate is addressed to."""
    today = _today(request)
    draft = read_draft(request, today)
    if draft is None:
        return redirect("certificates:own")
    search = SearchForm(request.GET)
    words = search.cleaned_data if search.is_valid() else {}
    found = addressees(words.get("query", ""), words.get("kind", ""), today)
    form = AddresseeForm(typed(request), choices=_choices(found), initial=_chosen(draft))
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in found if each.code == form.cleaned_data["organisation"])
        keep_draft(request, Draft(draft.period_from, draft.period_to, chosen))
        return redirect("certificates:preview")
    context = {"form": form, "search": search, "found": found, "more": max(len(found) - MOST_SHOWN, 0)}
    return render(request, "certificates/organisation.html", context, status=INVALID if form.errors else 200)


@for_owners
@for_oneself(Act.ISSUE_CERTIFICATE)
def preview(request: HttpRequest) -> HttpResponse:
    """What the organisation will read; send it to the personal inbox."""
    today, now = _today(request), timezone.now()
    draft, owner = read_draft(request, today), services.owner_of(request.user)
    if draft is None or draft.addressee is None:
        return redirect("certificates:own" if draft is None else "certificates:organisation")
    problem = ""
    if request.method == "POST":
        issued = services.certificate_issue(draft=draft, by=owner, at=now)
        if isinstance(issued, Certificate):
            drop_draft(request)
            return redirect("certificates:code", issued.number)
        problem = say(f"problem.{issued.problem}")
    told = services.own_state_ask(draft=draft, by=owner, at=now)
    if not isinstance(told, AffiliationAnswer):
        return redirect("certificates:own")
    applicant = applicant_of(owner)
    context = {
        "problem": problem,
        "draft": draft,
        "answer": told,
        "applicant": applicant,
        "blocks": answer_blocks(told),
        "closing": closing(applicant, today, language()),
        "insurer": jurisdictions()[request.user.jurisdiction],
        "zone": request.user.jurisdiction,
    }
    return render(request, "certificates/preview.html", context, status=429 if problem else 200)


def _today(request: HttpRequest) -> object:
    return jurisdictions()[request.user.jurisdiction].today(timezone.now())


def _choices(found: list[Addressee]) -> list[tuple[str, str]]:
    """The first ones with their kind and province; all of them may be chosen."""
    return [
        (each.code, " · ".join(filter(None, (each.name, str(KIND_NAMES[each.kind]), each.province)))) for each in found
    ]


def _chosen(draft: Draft) -> dict[str, str]:
    return {"organisation": draft.addressee.code} if draft.addressee else {}
