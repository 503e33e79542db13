"""«城乡居民基本医疗保险参保登记» page by page: for whom, the three groups, material, check, «申报成功» (S3.12-S3.14).

Each page that was sent is saved; whoever comes back goes on where something is missing. A page carries the version of
the case that it was read at: of two tabs the older one is told, and what was typed in it stays.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from daftar.portal.cases.material_page import material_panel
from daftar.portal.cases.models import Case
from daftar.portal.cases.receiving import takes_files
from daftar.portal.cases.services import case_open
from daftar.portal.cases.stepping import CaseNotDone, fields_of
from daftar.portal.enrolment.checking import needed, shown_otherwise, stopping, verdict_of
from daftar.portal.enrolment.filled import Part, starts_of, to_be_filled
from daftar.portal.enrolment.forms import EnrolmentForm, ResidentForm, UnitForm
from daftar.portal.enrolment.guards import for_enrolling, who_is_meant, written
from daftar.portal.enrolment.procedure import day_of
from daftar.portal.enrolment.resident import resident_of
from daftar.portal.enrolment.services import enrolment_begin, part_save
from daftar.portal.enrolment.shown import resident_lines
from daftar.portal.enrolment.units import nearest, served
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.whom_form import WhomForm
from daftar.portal.theme.forms import PageForm, say, typed
from daftar.portal.theme.page import language
from daftar.rules.enrolment import categories
from daftar.store.sealing import Fields
from daftar.terms.calendars import show_day_short
from daftar.terms.jurisdictions import jurisdictions

INVALID, CONFLICT = 422, 409
STEPS = ("unit", "resident", "enrolment", "materials", "check")
LATER, FIND = "later", "find"
"""Names of buttons."""


@for_enrolling(Act.ENROL)
def start(request: HttpRequest) -> HttpResponse:
    """«是否代办»; then the check whether this person may be enrolled at all."""
    form = WhomForm(typed(request), request=request)
    context: dict[str, Any] = {"form": form, "saved": "saved" in request.GET}
    if request.method == "POST" and form.is_valid() and form.choose():
        begun = enrolment_begin(who=who_is_meant(request), by=request.user, at=timezone.now())
        if isinstance(begun, Case):
            return redirect("enrolment:case", begun.number)
        context["reasons"] = begun
    status = INVALID if form.errors else CONFLICT if "reasons" in context else 200
    return render(request, "enrolment/start.html", context, status=status)


@written
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """Where the case is gone on with: the first page on which something is missing, else the last one."""
    return redirect(f"enrolment:{to_be_filled(fields_of(case)) or 'check'}", case.number)


@written
def unit(request: HttpRequest, case: Case) -> HttpResponse:
    """«居民单位信息»."""
    now, fields = timezone.now(), _fields(request, case)
    regions = served(case.jurisdiction, now, day_of(case, now))
    resident = resident_of(case.person)
    begun = fields or {"pooling_region": nearest(regions, resident.insured_region if resident else "")}
    looking = request.method == "POST" and FIND in request.POST
    form = UnitForm(None if looking else typed(request), regions=regions, initial=_looked_for(request, begun))
    if form.is_bound and form.is_valid():
        answer = _saved(request, case, Part.UNIT, form, form.part)
        if answer:
            return answer
    new = to_be_filled(fields) is Part.UNIT and not fields
    return _page(request, case, "unit", form, {"regions": regions, "new": new, "found": form.found})


@written
def resident(request: HttpRequest, case: Case) -> HttpResponse:
    """«居民信息»: the registry's own lines, and what it does not know."""
    fields, known = _fields(request, case), resident_of(case.person)
    if to_be_filled(fields) is Part.UNIT:
        return redirect("enrolment:unit", case.number)
    begun = dict(fields)
    if known and not case.acting_for:  # the registry's addresses and telephone are told to the person alone
        begun = {**_of_the_registry(known.fields), **fields}
    country = jurisdictions()[case.jurisdiction].mobile_country
    form = ResidentForm(typed(request), country=country, initial=begun)
    if form.is_bound and form.is_valid():
        answer = _saved(request, case, Part.RESIDENT, form, form.part)
        if answer:
            return answer
    return _page(request, case, "resident", form, {"lines": list(resident_lines(known)) if known else []})


@written
def enrolment(request: HttpRequest, case: Case) -> HttpResponse:
    """«参保信息»; what the rules say to it is said at its field."""
    fields, today = _fields(request, case), day_of(case, timezone.now())
    before = to_be_filled(fields)
    if before in (Part.UNIT, Part.RESIDENT):
        return redirect(f"enrolment:{before}", case.number)
    begun: dict[str, Any] = dict(fields)
    if fields.get("starts"):
        begun["starts"] = show_day_short(starts_of(fields), language())
    offered = categories(case.jurisdiction, today)
    form = EnrolmentForm(typed(request), offered=offered, jurisdiction=case.jurisdiction, today=today, initial=begun)
    if form.is_bound and form.is_valid():
        verdict = verdict_of(case, fields | form.part, day=today, with_material=False)
        form.refuse_reasons(stopping(verdict))
        answer = None if form.errors else _saved(request, case, Part.ENROLMENT, form, form.part)
        if answer:
            return answer
    return _page(request, case, "enrolment", form, {})


@takes_files
@written
def materials(request: HttpRequest, case: Case) -> HttpResponse:
    """«上传证明材料»."""
    fields, now = _fields(request, case), timezone.now()
    part = to_be_filled(fields)
    if part:
        return redirect(f"enrolment:{part}", case.number)
    panel = material_panel(request, case, needed=needed(case, fields, day_of(case, now)), known=shown_otherwise(case))
    if panel.answer:
        return panel.answer
    going_on = request.method == "POST" and "next" in request.POST
    if going_on and panel.complete:
        return redirect("enrolment:check", case.number)
    context = {"panel": panel, "incomplete": going_on}
    return _page(request, case, "materials", panel.form, context, INVALID if going_on else panel.status)


def _fields(request: HttpRequest, case: Case) -> Fields:
    """The form's fields; opening a page to read them is on record, sending it is recorded by what it does (X.5)."""
    if request.method == "GET":
        return case_open(case=case.pk, by=request.user, at=timezone.now())[1]
    return fields_of(case)


def _looked_for(request: HttpRequest, begun: Mapping[str, str]) -> Mapping[str, str]:
    """What the page of units shows: what was just looked for, else what was begun."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("pooling_region", "query", "unit")}
    return begun


def _saved(
    request: HttpRequest, case: Case, part: Part, form: PageForm, values: Mapping[str, str]
) -> HttpResponse | None:
    """Save a page and go on; None when it was not saved, with the reason at the form."""
    try:
        part_save(case=case, version=version_of(request), part=values, by=request.user, at=timezone.now())
    except CaseNotDone as problem:
        form.add_error(None, say(f"case_not_done.{problem.why}"))
        return None
    if LATER in request.POST:
        return redirect(f"{reverse('enrolment:start')}?saved")
    following = STEPS[STEPS.index(part) + 1]
    return redirect(f"enrolment:{following}", case.number)


def version_of(request: HttpRequest) -> int:
    """The version that the page was read at; one that is no number is older than any."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def _page(
    request: HttpRequest, case: Case, step: str, form: PageForm, context: Mapping[str, Any], status: int = 0
) -> HttpResponse:
    """A page of the wizard."""
    at = STEPS.index(step)
    before = reverse(f"enrolment:{STEPS[at - 1]}", args=[case.number]) if at else reverse("enrolment:start")
    told = {"case": case, "form": form, "step": at + 1, "steps": len(STEPS), "before": before, **context}
    return render(request, f"enrolment/{step}.html", told, status=status or (INVALID if form.errors else 200))


def _of_the_registry(known: Fields) -> dict[str, str]:
    """What the registry holds of who enrols themself, to be looked over."""
    found = {name: known.get(name, "") for name in ("ethnicity", "household_address", "residence_address")}
    return found | {"phone": known.get("mobile") or known.get("phone", "")}
