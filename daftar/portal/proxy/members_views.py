"""«我的亲情成员»: for whom I act, who acts for me, «亲人详情», «解除绑定», and a member's answer to an ask (S3.11)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.portal.accounts.limits import INVALID
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.binding_guard import where_offered
from daftar.portal.proxy.ending import binding_end
from daftar.portal.proxy.members import Detail, acts_of_proxies, binding_open
from daftar.portal.proxy.selectors import bindings_of_member, bindings_of_principal
from daftar.portal.proxy.services import binding_confirm
from daftar.portal.proxy.standing import State
from daftar.portal.proxy.whom import members_of

for_bound = where_offered(Act.SEE_BINDINGS)
"""Who may have bindings, and only for themselves: a member's own stay with the member."""


@for_bound
def members(request: HttpRequest) -> HttpResponse:
    """Both lists; what waits for an answer of one's own comes first."""
    person, now = request.user.person_key, timezone.now()
    acting, acted = bindings_of_principal(person, now), bindings_of_member(person, now)
    context = {
        "stand": {each.row.pk for each in members_of(person, now)},
        "members": [each for each in acting if each.state is not State.ENDED],
        "proxies": [each for each in acted if each.state is State.BOUND],
        "asks": [each for each in acted if each.state is State.ASKED],
        "ended": [each for each in acting if each.state is State.ENDED],
        "ended_proxies": [each for each in acted if each.state is State.ENDED],
        "zone": request.user.jurisdiction,
    }
    return render(request, "proxy/acting/members.html", context)


@for_bound
def member(request: HttpRequest, binding: UUID) -> HttpResponse:
    """«亲人详情», for either of the two; a member who is asked answers here."""
    problem = _answer(request, binding) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect("proxy:member", binding)
    detail = _opened(request, binding)
    return render(request, "proxy/acting/member.html", _shown(request, detail, problem), status=_status(problem))


@for_bound
def unbind(request: HttpRequest, binding: UUID) -> HttpResponse:
    """«解除绑定»: ask once more, then end it at once. Where it is over already the details say so."""
    if request.method == "POST":
        binding_end(binding=binding, side=request.user.person_key, by=request.user, at=timezone.now())
        return redirect("proxy:member", binding)
    detail = _opened(request, binding)
    if detail.binding.state is State.ENDED:
        return redirect("proxy:member", binding)
    return render(request, "proxy/acting/unbind.html", _shown(request, detail))


def _opened(request: HttpRequest, binding: UUID) -> Detail:
    detail = binding_open(binding=binding, by=request.user, at=timezone.now())
    if detail is None:
        raise Http404
    return detail


def _answer(request: HttpRequest, binding: UUID) -> str:
    """The member's yes or no; why it could not be taken."""
    if request.POST.get("answer") == "no":
        ended = binding_end(binding=binding, side=request.user.person_key, by=request.user, at=timezone.now())
        return "" if ended else Refusal.OVER
    if request.POST.get("answer") != "yes":
        raise Http404
    bound = binding_confirm(binding=binding, by=request.user, at=timezone.now())
    return bound if isinstance(bound, Refusal) else ""


def _shown(request: HttpRequest, detail: Detail, problem: str = "") -> dict[str, object]:
    return {
        "binding": detail.binding,
        "stands": detail.stands,
        "registered": detail.registered,
        "mine": detail.binding.row.principal == request.user.person_key,
        "may": acts_of_proxies(allowed=True),
        "may_not": acts_of_proxies(allowed=False),
        "problem": problem,
        "zone": request.user.jurisdiction,
    }


def _status(problem: str) -> int:
    return INVALID if problem else 200
