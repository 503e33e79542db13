"""«异地就医自助备案»: filer, contact, material, check, submitted (S3.21, S3.22); the letter is in `signing`."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.portal.cases.material_page import material_panel, materials_of
from daftar.portal.cases.models import Case
from daftar.portal.cases.receiving import takes_files
from daftar.portal.cases.services import case_begin, case_save, case_submit, materials_given
from daftar.portal.cases.stepping import CaseNotDone, fields_of
from daftar.portal.directory.region_picker import city_part
from daftar.portal.filing import filled_in
from daftar.portal.filing.facts import insured_as
from daftar.portal.filing.guards import CONFLICT, for_case, for_filers
from daftar.portal.filing.letter import LETTER_FIELDS, SIGNATURE, signed_on
from daftar.portal.filing.procedure import given_with, law_of_case, unfinished, verdict_of
from daftar.portal.filing.scope import counted_on
from daftar.portal.filing.shown import filing_shown, person_lines
from daftar.portal.filing.wizard_forms import ContactForm, FilerForm
from daftar.portal.people.models import Person
from daftar.portal.people.selectors import person_seen
from daftar.portal.proxy.acting import persons
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.whom_form import WhomForm
from daftar.portal.theme.forms import PageForm, say, typed
from daftar.rules.filing import lacking
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseKind, CaseState, NotDone

INVALID = 422
STEPS = ("place", "contact", "letter", "material", "check")
"""Names of the pages, in order."""


@for_filers(Act.FILE)
def begin(request: HttpRequest) -> HttpResponse:
    """«是否代办»; a draft that is there is gone on with."""
    form = WhomForm(typed(request), request=request)
    if request.method == "POST" and form.is_valid() and form.choose():
        key = persons(request.user.person_key, request.acting).key
        law, now = request.user.jurisdiction, timezone.now()
        case = case_begin(kind=CaseKind.FILING, person=key, jurisdiction=law, by=request.user, at=now)
        return redirect("filing:place", case.number)
    return render(request, "filing/begin.html", {"form": form}, status=INVALID if form.errors else 200)


@for_case(CaseKind.FILING, Act.FILE)
def place(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """«备案人信息»."""
    law = law_of_case(case)
    today = law.today(timezone.now())
    fetched = request.GET if request.htmx and request.method == "GET" else typed(request)
    form = FilerForm(fetched, law=law, today=today, here=request.path, fields=fields)
    part = city_part(request, form)
    if part is not None:
        return part
    with transaction.atomic():
        insured = insured_as(case.person, today)
    if request.method == "POST" and form.is_valid() and form.picked:
        moved = _saved(request, case, {**fields, filled_in.INSURANCE_TYPE: insured}, form, "filing:contact")
        if moved:
            return moved
    context = {"filer": person_lines(case.person), "insurance_type": insured}
    return wizard_page(request, "filing/place.html", case, form, "place", **context)


@for_case(CaseKind.FILING, Act.FILE)
def contact(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """«联系人信息»: before anything is filled in it is who files."""
    form = ContactForm(typed(request), law=law_of_case(case), fields=_first_contact(request, fields))
    if request.method == "POST" and form.is_valid():
        moved = _saved(request, case, fields, form, "filing:letter")
        if moved:
            return moved
    return wizard_page(request, "filing/contact.html", case, form, "contact")


@takes_files
@for_case(CaseKind.FILING, Act.FILE)
def material(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """The material that the category needs; the letter has its own page."""
    if not fields.keys() >= filled_in.OF_THE_FILER:
        return redirect("filing:place", case.number)
    panel = material_panel(
        request,
        case,
        needed=filled_in.needed_for(case.jurisdiction, fields),
        known=given_with(case, fields, ()),
        apart={SIGNATURE},
    )
    if panel.answer:
        return panel.answer
    return wizard_page(request, "filing/material.html", case, panel.form, "material", panel=panel)


@for_case(CaseKind.FILING, Act.FILE)
def check(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """«确认信息页面»: everything once more, what the rules would say, and the button that submits."""
    page = _lacking_page(case, fields)
    if page != "check":
        return redirect(f"filing:{page}", case.number)
    problem = ""
    if request.method == "POST":
        try:
            case_submit(case=case.pk, version=form_version(request), by=request.user, at=timezone.now())
            return redirect("filing:done", case.number)
        except CaseNotDone as error:
            if error.why == NotDone.NOT_IN_THIS_STATE:  # another press was faster
                return redirect("filing:done", case.number)
            problem = say(f"case_not_done.{error.why}")
    now = timezone.now()
    with transaction.atomic():
        verdict = verdict_of(case, fields, materials_given(case), at=now)
    context = {
        "problem": problem,
        "verdict": verdict,
        "sections": list(zip(filing_shown(case, fields), ("place", "contact", "letter"), strict=True)),
        "files": materials_of(case),
    }
    return wizard_page(
        request, "filing/check.html", case, None, "check", status=CONFLICT if problem else 200, **context
    )


@for_case(CaseKind.FILING, Act.FILE, written=False)
def done(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """«申报成功»: the number, what was decided and why, and where the filing counts; a reload shows the same."""
    if case.submitted_at is None:  # a draft that was withdrawn
        return redirect("progress:case", case.number)
    if request.method == "POST" and case.state == CaseState.REFUSED:
        return redirect("filing:place", _filed_again(request, case, fields).number)
    piece = counted_on(fields[filled_in.DESTINATION], filled_in.starts_on(fields))
    return render(request, "filing/done.html", {"case": case, "piece": piece})


@transaction.atomic
def _filed_again(request: HttpRequest, case: Case, fields: Fields) -> Case:
    """A new draft with what a refused one said, to be corrected; a draft that is there already stays as it is."""
    now = timezone.now()
    draft = case_begin(
        kind=CaseKind.FILING, person=case.person, jurisdiction=case.jurisdiction, by=request.user, at=now
    )
    if fields_of(draft):
        return draft
    kept = {name: value for name, value in fields.items() if name not in LETTER_FIELDS}
    return case_save(case=draft.pk, version=draft.version, fields=kept, region=case.region, by=request.user, at=now)


def _saved(
    request: HttpRequest, case: Case, fields: Fields, form: FilerForm | ContactForm, onward: str
) -> HttpResponse | None:
    """Save the page and go on; None, with the reason in the form, when the case has moved on meanwhile."""
    row = Person.objects.filter(key=case.person).first()
    try:
        case_save(
            case=case.pk,
            version=form_version(request),
            fields={**fields, **form.filled},
            region=row.insured_region if row else "",
            by=request.user,
            at=timezone.now(),
        )
    except CaseNotDone as error:
        form.add_error(None, say(f"case_not_done.{error.why}"))
        case.refresh_from_db(fields=["version"])
        return None
    return redirect(onward, case.number)


def form_version(request: HttpRequest) -> int:
    """At which version the page was read; what is no number fits none."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def wizard_page(
    request: HttpRequest, template: str, case: Case, form: PageForm | None, step: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of the wizard."""
    number = STEPS.index(step)
    context = {
        "case": case,
        "form": form,
        "step": number + 1,
        "steps": len(STEPS),
        "back": STEPS[number - 1] if number else "",
        "acting_for": person_seen(case.person) if case.acting_for else None,
        **more,
    }
    return render(request, template, context, status=INVALID if form is not None and form.errors else status)


def _first_contact(request: HttpRequest, fields: Fields) -> Fields:
    """What was filled in; before that the name of the principal, whom an office would call."""
    if filled_in.CONTACT_NAME in fields or request.acting is None:
        return fields
    names = request.acting.binding.fields
    return {**fields, filled_in.CONTACT_NAME: names.get("principal_name", "")}


def _lacking_page(case: Case, fields: Fields) -> str:
    """The page on which something is still to be done before the case may be submitted."""
    page = unfinished(case, fields)
    if page != "check":
        return page
    if not signed_on(fields, law_of_case(case).today(timezone.now())):
        return "letter"
    there = given_with(case, fields, materials_given(case))
    return "material" if lacking(filled_in.needed_for(case.jurisdiction, fields), there) else "check"
