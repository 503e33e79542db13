"""The last pages: check answers, hand in, «申报成功» (S3.14)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from daftar.portal.cases.material_page import materials_of
from daftar.portal.cases.models import Case
from daftar.portal.cases.services import case_open
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.directory.region_picker import path_of
from daftar.portal.enrolment.checking import left_to_a_reviewer, shown_otherwise, stopping, verdict_of
from daftar.portal.enrolment.filled import Part, to_be_filled
from daftar.portal.enrolment.guards import own_enrolment, written
from daftar.portal.enrolment.procedure import day_of
from daftar.portal.enrolment.services import enrolment_submit
from daftar.portal.enrolment.shown import sections
from daftar.portal.enrolment.wizard import STEPS, version_of
from daftar.portal.theme.forms import say
from daftar.rules.enrolment import Review, review_policy
from daftar.rules.enrolment_check import EnrolmentReason
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseState

INVALID = 422
DECIDED_OR_WAITING = frozenset({CaseState.SUBMITTED, CaseState.IN_REVIEW, CaseState.APPROVED, CaseState.REFUSED})


@written
def check(request: HttpRequest, case: Case) -> HttpResponse:
    """«确认信息页面»: all that will be handed in, each group with the way to change it, and the button."""
    now = timezone.now()
    problem = ""
    reasons: tuple[EnrolmentReason, ...] = ()
    if request.method == "POST":
        try:
            done = enrolment_submit(case=case, version=version_of(request), by=request.user, at=now)
        except CaseNotDone as error:
            problem = say(f"case_not_done.{error.why}")
        else:
            if isinstance(done, Case | Part):
                return redirect("enrolment:submitted" if isinstance(done, Case) else f"enrolment:{done}", case.number)
            reasons = done
    fields = case_open(case=case.pk, by=request.user, at=now)[1]
    part = to_be_filled(fields)
    if part:
        return redirect(f"enrolment:{part}", case.number)
    verdict = verdict_of(case, fields, day=day_of(case, now))
    reasons, left = reasons or stopping(verdict), left_to_a_reviewer(verdict)
    context = _checked(case, fields, reasons, left) | {"problem": problem, "title_error": bool(problem or reasons)}
    status = INVALID if request.method == "POST" else 200
    return render(request, "enrolment/check.html", context, status=status)


@own_enrolment
def submitted(request: HttpRequest, case: Case) -> HttpResponse:
    """«申报成功», with what came of it so far; the same at each reload."""
    if case.state not in DECIDED_OR_WAITING:
        return redirect("enrolment:case" if case.state == CaseState.DRAFT else "progress:case", case.number)
    case_open(case=case.pk, by=request.user, at=timezone.now())
    return render(request, "enrolment/submitted.html", {"case": case})


def _checked(
    case: Case, fields: Fields, reasons: Sequence[EnrolmentReason], left: Sequence[EnrolmentReason]
) -> dict[str, Any]:
    """What the page shows."""
    path = [each.code for each in path_of(case.region)]
    policy = review_policy(path, day_of(case, timezone.now()))
    review = policy.review if policy else ""
    parts = zip(Part, sections(case, fields), strict=True)
    return {
        "case": case,
        "step": len(STEPS),
        "steps": len(STEPS),
        "before": reverse("enrolment:materials", args=[case.number]),
        "parts": [(reverse(f"enrolment:{part}", args=[case.number]), section) for part, section in parts],
        "files": materials_of(case),
        "known": sorted(shown_otherwise(case)),
        "reasons": reasons,
        "review": Review.MANUAL if left and review == Review.AUTOMATIC else review,
        "left": left,
    }
