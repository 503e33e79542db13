"""Who looked at my record (X.5): for citizens whose identity is verified. Reading and exporting are journalled too."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.accounts.roles import for_citizens
from daftar.portal.directory.sheets import sheet
from daftar.portal.journal.selectors import inquiry_id
from daftar.portal.looks import selectors, services
from daftar.portal.looks.forms import FilterForm, QuestionForm
from daftar.portal.looks.models import LookCase
from daftar.portal.looks.selectors import LookSeen, Wanted
from daftar.portal.looks.texts import ANSWER, QUESTION, open_text
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_oneself
from daftar.portal.theme.forms import typed
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422
KEPT = "looks"
FIELDS = ("who", "day_from", "day_to")
COLUMNS = ("logTime", "initiatorOrg", "purpose", "legalBasis", "shown", "channel", "queryId", "hiddenUntil")
"""Of the export, named as in Estonia's data tracker."""
OWN_COLUMNS = ("initiator", "askedAbout")
"""Of the export, behind those: who is behind the look, and whether it was asked about the person or a dependant."""


@for_citizens()
@for_oneself(Act.SEE_LOOKS)
def looks(request: HttpRequest) -> HttpResponse:
    """The looks at one's record, the newest first; hidden ones are counted. The filter stays in the session."""
    form = FilterForm(typed(request) or request.session.get(KEPT))
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = {name: request.POST[name] for name in FIELDS if request.POST.get(name)}
        return redirect("looks:looks")
    person, now, number = request.user.person_key, timezone.now(), _page(request)
    with transaction.atomic():
        found, more = selectors.page_of(person, _wanted(request, form), now, number)
        hidden = selectors.hidden_count(person, now)
        if request.method == "GET":
            services.own_looks_record(person=person, what="looks", by=request.user.user, at=now)
    context = {"form": form, "looks": found, "hidden": hidden, "newer": number - 1, "older": more and number + 1}
    context["zone"] = request.user.jurisdiction
    return render(request, "looks/looks.html", context, status=INVALID if form.errors else 200)


@require_POST
@for_citizens()
@for_oneself(Act.SEE_LOOKS)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a file."""
    person, now = request.user.person_key, timezone.now()
    form = FilterForm(request.session.get(KEPT))
    with transaction.atomic():
        services.own_looks_record(person=person, what="looks_exported", by=request.user.user, at=now)
    found = selectors.all_of(person, _wanted(request, form), now)
    return sheet("looks", COLUMNS + OWN_COLUMNS, found, _cells)


@for_citizens()
@for_oneself(Act.SEE_LOOKS)
def look(request: HttpRequest, code: str) -> HttpResponse:
    """One look, and what became of the question about it."""
    seen = _look(request, code)
    case = LookCase.objects.filter(inquiry=seen.row.id, person_key=request.user.person_key).first()
    context = {"look": seen, "case": case, "zone": request.user.jurisdiction}
    if case:
        context |= {"question": open_text(case.question, QUESTION), "answer": open_text(case.answer, ANSWER)}
    return render(request, "looks/look.html", context)


@for_citizens()
@for_oneself(Act.QUESTION_LOOK)
def question(request: HttpRequest, code: str) -> HttpResponse:
    """Question a look: a case for the insurer."""
    seen = _look(request, code)
    if not seen.questionable:
        raise Http404
    form = QuestionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        services.case_open(
            look=seen,
            person=request.user.person_key,
            jurisdiction=request.user.jurisdiction,
            question=form.cleaned_data["question"],
            by=request.user.user,
            at=timezone.now(),
        )
        return redirect("looks:look", code)
    context = {"form": form, "look": seen, "zone": request.user.jurisdiction}
    return render(request, "looks/question.html", context, status=INVALID if form.errors else 200)


def _look(request: HttpRequest, code: str) -> LookSeen:
    seen = selectors.look_of(request.user.person_key, request.user.user, inquiry_id(code), timezone.now())
    if seen is None:
        raise Http404
    return seen


def _wanted(request: HttpRequest, form: FilterForm) -> Wanted:
    values: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    since, before = form.span(ZoneInfo(jurisdictions()[request.user.jurisdiction].time_zone))
    return Wanted(request.user.user, who=values.get("who") or selectors.OTHERS, since=since, before=before)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def _cells(each: LookSeen) -> tuple[str, ...]:
    row, hiding = each.row, each.hiding
    return (
        row.asked_at.isoformat(),
        each.initiator or each.proxy,
        each.purpose or row.mode,
        row.ground,
        row.shown,
        row.channel,
        each.code,
        hiding.until.isoformat() if hiding else "",
        each.by,
        "dependant" if each.beside else "person",
    )
