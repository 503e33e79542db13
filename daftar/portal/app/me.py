"""An insured asks about themself: number and mobile, one-time code, answer (S2.8-S2.10); what the portal's page does.

Who acts for a family member is sent to that page: it names the member on every screen.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daftar.disclosure.own_entitlement import OwnEntitlement
from daftar.portal.app.forms import CodeForm, MeForm
from daftar.portal.app.page import onward, stage, with_camera
from daftar.portal.entitlement import own_steps
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom
from daftar.portal.theme.forms import identifier_types, typed
from daftar.terms.outcomes import Channel


@for_whom(Act.ASK_ENTITLEMENT)
def me(request: HttpRequest) -> HttpResponse:
    """Number and mobile in, one-time code sent; or the message of S2.9."""
    if request.acting:
        return redirect("entitlement:own")
    form = MeForm(typed(request), types=identifier_types())
    step = own_steps.begin(request, form)
    if step.done:
        return onward(request, code, "app:code")
    context = {"form": form, "advice": step.advice, "tab": "me"}
    return with_camera(stage(request, "me", context, status=step.status))


@for_whom(Act.ASK_ENTITLEMENT)
def code(request: HttpRequest) -> HttpResponse:
    """The one-time code in; on to the answer."""
    challenge = own_steps.challenged(request)
    if challenge is None:
        return redirect("app:me")
    form = CodeForm(typed(request))
    outcome = own_steps.confirm(request, form, challenge, channel=Channel.APP)
    if isinstance(outcome, OwnEntitlement):
        return onward(request, answer, "app:own_answer", outcome.answer.tracking_code)
    context = {"form": form, "over": outcome is not None and not outcome.left, "tab": "me"}
    return stage(request, "code", context, status=own_steps.INVALID if form.errors else 200)


@for_whom(Act.ASK_ENTITLEMENT)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The answer, for the session that was told it."""
    told = own_steps.answer_told(request, code)
    return redirect("app:me") if told is None else stage(request, "own_answer", told | {"tab": "me"})


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Forget on this device what was shown; the app's script forgets nothing more, for it keeps no more."""
    own_steps.forget(request)
    return redirect("app:start")
