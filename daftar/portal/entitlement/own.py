"""Pages of one's own entitlement: identifier and mobile, one-time code, answer (S2.8-S2.10). Nobody logs in.

Who is logged in and acts for a member types neither: both are on record. The steps are shared with the app.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daftar.disclosure.own_entitlement import OwnEntitlement
from daftar.portal.accounts.identity import mobile_of
from daftar.portal.entitlement import own_steps
from daftar.portal.entitlement.forms import OneTimeCodeForm, OwnForm
from daftar.portal.entitlement.selectors import identifier_of
from daftar.portal.proxy.acting import Acting
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom
from daftar.portal.theme.forms import identifier_types, typed


@for_whom(Act.ASK_ENTITLEMENT)
def start(request: HttpRequest) -> HttpResponse:
    """Identifier and mobile in, one-time code sent; or the message of S2.9."""
    if request.acting:
        return _start_for_member(request, request.acting)
    form = OwnForm(typed(request), types=identifier_types())
    step = own_steps.begin(request, form)
    if step.done:
        return redirect("entitlement:own_code")
    return render(request, "entitlement/own.html", {"form": form, "advice": step.advice}, status=step.status)


def _start_for_member(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The code goes to the proxy's own mobile on record, which S2.8 allows (decision)."""
    mobile, identifier = mobile_of(acting.principal), identifier_of(acting.member)
    problem = "" if mobile and identifier else "mismatch"
    if request.method == "POST" and mobile and identifier:
        problem = own_steps.send_code(request, identifier, mobile)
        if not problem:
            return redirect("entitlement:own_code")
    context = {"name": acting.member_name, "problem": problem}
    status = own_steps.STATUS_OF_PROBLEM.get(problem, 200)
    return render(request, "entitlement/own_member.html", context, status=status)


@for_whom(Act.ASK_ENTITLEMENT)
def code(request: HttpRequest) -> HttpResponse:
    """The one-time code in; on to the answer. Another choice of the person since begins anew."""
    challenge = own_steps.challenged(request)
    if challenge is None:
        return redirect("entitlement:own")
    form = OneTimeCodeForm(typed(request))
    outcome = own_steps.confirm(request, form, challenge)
    if isinstance(outcome, OwnEntitlement):
        return redirect("entitlement:own_answer", outcome.answer.tracking_code)
    context = {"form": form, "over": outcome is not None and not outcome.left}
    return render(request, "entitlement/own_code.html", context, status=own_steps.INVALID if form.errors else 200)


@for_whom(Act.ASK_ENTITLEMENT)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The answer, for the session that was told it."""
    context = own_steps.answer_told(request, code)
    if context is None:  # the page would name one person and tell of another
        return redirect("entitlement:own")
    return render(request, "entitlement/own_answer.html", context)


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Forget on this device what was shown."""
    own_steps.forget(request)
    return redirect("home")
