"""Headquarters add entries of the public directory, withdraw them and put them back; each time with a reason."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.console.mending import INVALID, KINDS, entry_of
from daftar.portal.console.mending_forms import MendForm, WithdrawForm, adding_form, as_typed
from daftar.portal.directory.mending import (
    MENDABLE,
    NotEmpty,
    Overtaken,
    Taken,
    entry_add,
    entry_named,
    entry_withdraw,
    last_values_of,
)
from daftar.portal.theme.forms import typed
from daftar.terms.misunderstood import Misunderstood


@for_roles(Role.INSURER_ADMIN)
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new entry; `code` in the address fills the form with what a withdrawn one last was."""
    if kind not in MENDABLE:
        raise Http404
    form = adding_form(kind)(typed(request), area=None, initial=_last(kind, request.GET.get("code", "")))
    if request.method == "POST" and form.is_valid() and _added(request, kind, form):
        return _entry_page(kind, form.code, "added")
    context = {"form": form, "kind": kind, "kind_name": KINDS[kind]}
    return render(request, "console/entry_add.html", context, status=INVALID if form.errors else 200)


@for_roles(Role.INSURER_ADMIN)
def withdraw(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take an entry off the lists."""
    found = entry_of(request.user, kind, code, withdrawn=False)
    form = WithdrawForm(typed(request))
    if request.method == "POST" and form.is_valid() and _withdrawn(request, kind, code, form):
        return _entry_page(kind, code, "withdrawn")
    context = {"form": form, "kind": kind, "kind_name": KINDS[kind], "entry": found}
    return render(request, "console/entry_withdraw.html", context, status=INVALID if form.errors else 200)


def _added(request: HttpRequest, kind: str, form: MendForm) -> bool:
    try:
        entry_add(kind=kind, code=form.code, wanted=form.wanted, **_who(request, form))
    except Taken:
        form.refuse("code", Misunderstood("code_taken"))
        return False
    return True


def _withdrawn(request: HttpRequest, kind: str, code: str, form: WithdrawForm) -> bool:
    try:
        entry_withdraw(kind=kind, code=code, **_who(request, form))
    except NotEmpty:
        form.refuse("reason", Misunderstood("entry_not_empty"))
        return False
    except Overtaken:
        return True  # somebody else has withdrawn it: the timeline says who
    return True


def _who(request: HttpRequest, form: Any) -> dict[str, Any]:
    account = request.user
    reason = form.cleaned_data["reason"]
    return {"reason": reason, "by": account.user, "office": account.office, "at": timezone.now()}


def _last(kind: str, code: str) -> dict[str, Any]:
    """What a withdrawn entry last was, as a person would type it."""
    found = entry_named(kind, code, withdrawn=True) if code else None
    return {"code": found.code} | as_typed(last_values_of(kind, found)) if found else {}


def _entry_page(kind: str, code: str, done: str) -> HttpResponse:
    address = redirect("console:entry", kind, code)
    address["Location"] += f"?done={done}"
    return address
