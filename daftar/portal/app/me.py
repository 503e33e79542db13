"""An insured asks about themself: number and mobile, one-time code, answer (S2.8-S2.10); what the portal's page does.

Who acts for a family member is sent to that page: it names the member on every screen.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.disclosure.own_entitlement import OwnEntitlement
from daftar.portal.accounts.network import network_address
from daftar.portal.app.forms import CodeForm, MeForm
from daftar.portal.app.page import onward, stage, with_camera
from daftar.portal.entitlement import own, services
from daftar.portal.entitlement.views import INVALID
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom
from daftar.portal.theme.forms import identifier_types, say, typed
from daftar.portal.theme.page import language
from daftar.terms.outcomes import Channel


@for_whom(Act.ASK_ENTITLEMENT)
def me(request: HttpRequest) -> HttpResponse:
    """Number and mobile in, one-time code sent; or the message of S2.9."""
    if request.acting:
        return redirect("entitlement:own")
    form = MeForm(typed(request), types=identifier_types())
    advice, status = "", 200
    if request.method == "POST" and form.is_valid():
        outcome = services.own_entitlement_start(
            identifier=form.cleaned_data["identifier"],
            mobile=form.cleaned_data["mobile"],
            network_address=network_address(request),
            language=language(),
            at=timezone.now(),
        )
        if isinstance(outcome, UUID):
            request.session[own.CHALLENGE], request.session[own.CHALLENGE_FOR] = str(outcome), request.page_for
            return onward(request, code, "app:code")
        mismatch = outcome.problem == "mismatch"
        form.add_error(None, say("notice.mismatch" if mismatch else f"problem.{outcome.problem}"))
        advice, status = say("notice.mismatch_next") if mismatch else "", own.STATUS_OF_PROBLEM[outcome.problem]
    elif form.errors:
        status = INVALID
    context = {"form": form, "advice": advice, "tab": "me"}
    return with_camera(stage(request, "me", context, status=status))


@for_whom(Act.ASK_ENTITLEMENT)
def code(request: HttpRequest) -> HttpResponse:
    """The one-time code in; on to the answer."""
    challenge = request.session.get(own.CHALLENGE)
    if challenge is None or request.session.get(own.CHALLENGE_FOR) != request.page_for:
        return redirect("app:me")
    form, over = CodeForm(typed(request)), False
    if request.method == "POST" and form.is_valid():
        outcome = services.own_entitlement_confirm(
            challenge=UUID(challenge), code=form.cleaned_data["code"], at=timezone.now(), channel=Channel.APP
        )
        if isinstance(outcome, OwnEntitlement):
            own.remember(request, outcome)
            return onward(request, answer, "app:own_answer", outcome.answer.tracking_code)
        over = not outcome.left
        form.add_error("code", own.wrong_code(outcome))
    context = {"form": form, "over": over, "tab": "me"}
    return stage(request, "code", context, status=INVALID if form.errors else 200)


@for_whom(Act.ASK_ENTITLEMENT)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The answer, for the session that was told it."""
    told = own.answer_told(request, code)
    return redirect("app:me") if told is None else stage(request, "own_answer", told | {"tab": "me"})


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Forget on this device what was shown; the app's script forgets nothing more, for it keeps no more."""
    own.forget(request)
    return redirect("app:start")
