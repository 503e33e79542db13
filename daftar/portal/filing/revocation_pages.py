"""«异地就医自助备案撤销»: choose the filing, «申请撤销», «申报成功» (S3.23)."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.portal.cases.models import Case
from daftar.portal.cases.services import case_begin, case_save, case_submit
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.filing import selectors, services
from daftar.portal.filing.guards import CONFLICT, for_case, for_filers
from daftar.portal.filing.models import Filing
from daftar.portal.filing.revoking import FILING, filing_of, verdict_on
from daftar.portal.filing.shown import revocation_shown
from daftar.portal.filing.wizard import form_version
from daftar.portal.people.models import Person
from daftar.portal.proxy.acting import persons
from daftar.portal.proxy.acts import Act
from daftar.portal.theme.forms import say
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseKind, NotDone
from daftar.terms.jurisdictions import jurisdictions


@for_filers(Act.REVOKE_FILING)
def revoke(request: HttpRequest) -> HttpResponse:
    """The filings that stand, each with «申请撤销»; the number of the chosen one comes by POST."""
    if request.method == "POST":
        return redirect("filing:revoke_check", _begun(request, request.POST.get(FILING, "")).number)
    who, now = persons(request.user.person_key, request.acting), timezone.now()
    jurisdiction = jurisdictions()[request.user.jurisdiction]
    with transaction.atomic():
        holder = selectors.holder_of(who.key)
        found = selectors.filings_of(who.key, holder, jurisdiction.code, jurisdiction.today(now)) if holder else []
        services.own_filings_record(who=who, count=len(found), by=request.user.user, at=now)
    return render(request, "filing/revoke.html", {"filings": [each for each in found if each.stands]})


@for_case(CaseKind.REVOCATION, Act.REVOKE_FILING)
def revoke_check(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """What is taken back, what the rules would say, and the button that submits."""
    problem = ""
    if request.method == "POST":
        try:
            case_submit(case=case.pk, version=form_version(request), by=request.user, at=timezone.now())
            return redirect("filing:revoked", case.number)
        except CaseNotDone as error:
            if error.why == NotDone.NOT_IN_THIS_STATE:  # another press was faster
                return redirect("filing:revoked", case.number)
            problem = say(f"case_not_done.{error.why}")
    with transaction.atomic():
        row = filing_of(case, fields)
        verdict = verdict_on(case, row, at=timezone.now())
    context = {
        "case": case,
        "sections": revocation_shown(case, row),
        "verdict": verdict,
        "reason": [verdict.reason],
        "problem": problem,
    }
    return render(request, "filing/revoke_check.html", context, status=CONFLICT if problem else 200)


@for_case(CaseKind.REVOCATION, Act.REVOKE_FILING, written=False)
def revoked(request: HttpRequest, case: Case, fields: Fields) -> HttpResponse:
    """«申报成功»: the number, and what was decided; a reload shows the same."""
    if case.submitted_at is None:  # a draft that was withdrawn
        return redirect("progress:case", case.number)
    return render(request, "filing/revoked.html", {"case": case})


@transaction.atomic
def _begun(request: HttpRequest, filing: str) -> Case:
    """A case about one of the person's filings; a draft about another one is about this one now."""
    person, now = persons(request.user.person_key, request.acting).key, timezone.now()
    if not filing.isprintable() or not Filing.objects.filter(filing_id=filing, key=person, withdrawn=False).exists():
        raise Http404
    case = case_begin(
        kind=CaseKind.REVOCATION, person=person, jurisdiction=request.user.jurisdiction, by=request.user, at=now
    )
    insured = Person.objects.filter(key=person).values_list("insured_region", flat=True).first() or ""
    return case_save(
        case=case.pk,
        version=case.version,
        fields={FILING: filing},
        region=insured,
        matter=filing,
        by=request.user,
        at=now,
    )
