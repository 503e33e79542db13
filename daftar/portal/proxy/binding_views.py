"""«亲情成员绑定» up to the proof: entry, «绑定方式选择», basic information; and what came of it (S3.7-S3.9)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.portal.accounts.limits import INVALID, TOO_MANY, within_limit
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.binding_draft import Draft, keep_draft
from daftar.portal.proxy.binding_forms import ChildForm, MemberForm, ProofForm
from daftar.portal.proxy.binding_guard import REFUSED, after, for_binding, with_draft
from daftar.portal.proxy.checking import member_check, principal_refusal
from daftar.portal.proxy.models import Way
from daftar.portal.proxy.selectors import binding_seen
from daftar.portal.proxy.services import binding_ask
from daftar.portal.proxy.standing import State
from daftar.portal.theme.forms import say, typed
from daftar.terms.jurisdictions import jurisdictions

NAMING = "proxy_member"
"""Members named by one account: each answer tells whether number and name belong together."""


@for_binding
def bind(request: HttpRequest) -> HttpResponse:
    """«亲情成员绑定»: both entry paths end here (S3.7)."""
    refusal = principal_refusal(request.user, timezone.now())
    return render(request, "proxy/binding/bind.html", {"refusal": refusal})


@for_binding
def way(request: HttpRequest) -> HttpResponse:
    """«绑定方式选择»."""
    return render(request, "proxy/binding/way.html")


@for_binding
def card(request: HttpRequest) -> HttpResponse:
    """«已办理身份证人员绑定»: form F4 (S3.8)."""
    return _basic_information(request, MemberForm, "proxy/binding/card.html", "proxy:face")


@for_binding
def child(request: HttpRequest) -> HttpResponse:
    """«未办理身份证人员绑定»: form F5 (S3.9)."""
    return _basic_information(request, ChildForm, "proxy/binding/child.html", "proxy:letter")


@with_draft(of_child=False)
def proof(request: HttpRequest) -> HttpResponse:
    """By face, or by the member's own log-in: asked only where the member's region leaves the choice."""
    if not request.draft.confirms:
        return redirect("proxy:face")
    form = ProofForm(typed(request))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["way"] == Way.FACE:
            return redirect("proxy:face")
        asked = binding_ask(named=request.draft.named, by=request.user, at=timezone.now())
        return after(request, request.draft, asked)
    context = {"form": form, "draft": request.draft}
    return render(request, "proxy/binding/proof.html", context, status=INVALID if form.errors else 200)


@for_binding
def done(request: HttpRequest, binding: UUID) -> HttpResponse:
    """Bound, or asked for; by then it may be over already."""
    seen = binding_seen(binding, request.user.person_key, timezone.now())
    if seen is None or seen.row.principal != request.user.person_key:
        raise Http404
    context = {
        "seen": seen,
        "asked": seen.state is State.ASKED,
        "over": seen.state is State.ENDED,
        "zone": seen.row.jurisdiction,
    }
    return render(request, "proxy/binding/done.html", context)


@for_binding
def refused(request: HttpRequest) -> HttpResponse:
    """Nobody was bound, and why."""
    refusal = request.session.get(REFUSED)
    return render(request, "proxy/binding/refused.html", {"refusal": refusal}) if refusal else redirect("proxy:bind")


@for_binding
def over(request: HttpRequest) -> HttpResponse:
    """What was filled in is gone: sent already, too old, or never there."""
    return render(request, "proxy/binding/over.html")


def _basic_information(request: HttpRequest, wanted: type[MemberForm], template: str, proved_at: str) -> HttpResponse:
    now, jurisdiction = timezone.now(), jurisdictions()[request.user.jurisdiction]
    form = wanted(typed(request), types=jurisdiction.identifier_types, today=jurisdiction.today(now))
    status = 200
    if request.method == "POST":
        draft, status = _checked(request, form)
        if draft:
            keep_draft(request, draft)
            return redirect("proxy:proof" if draft.confirms and not draft.child else proved_at)
    return render(request, template, {"form": form}, status=status)


def _checked(request: HttpRequest, form: MemberForm) -> tuple[Draft | None, int]:
    """The draft to keep; or None, with the complaint in the form and the status of its page."""
    now = timezone.now()
    if not form.is_valid():
        return None, INVALID
    if not within_limit(request, NAMING, request.user.user):
        form.add_error(None, say("proxy.too_many_named"))
        return None, TOO_MANY
    checked = member_check(named=form.named, child=form.child, by=request.user, at=now)
    if isinstance(checked, Refusal):
        form.tell(checked)
        return None, INVALID
    return Draft(form.named, checked.member, form.child, checked.confirms, now), 200
