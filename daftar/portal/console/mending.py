"""Staff find and mend entries of the public directory; what became of an entry is shown as a timeline.

Headquarters mend everything, counters and reviewers what lies in the region of their office. Administrative regions are
mended by headquarters alone, for they decide what lies where.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.console.mending_forms import FORMS, MendForm, as_typed, pack, unpack
from daftar.portal.console.mending_list import found_entries
from daftar.portal.directory.kept import kept
from daftar.portal.directory.mending import (
    MENDABLE,
    Overtaken,
    Values,
    entry_mend,
    entry_named,
    last_values_of,
    values_of,
)
from daftar.portal.directory.models import Office
from daftar.portal.directory.timeline import newest_mend, timeline
from daftar.portal.theme.forms import say, typed

NOT_FOUND, INVALID, OVERTAKEN = 404, 422, 409
MENDING = (Role.INSURER_ADMIN, Role.COUNTER, Role.REVIEWER)
KINDS = {
    "institutions": _("Institutions"),
    "offices": _("Offices"),
    "pooling-regions": _("Pooling regions"),
    "regions": _("Administrative divisions"),
}
EVERYWHERE = "regions"
"""The kind of entry that lies in no office's area."""


@for_roles(*MENDING)
def find(request: HttpRequest) -> HttpResponse:
    """Find an entry by the beginning of its name or code."""
    kind = request.GET.get("kind", "institutions")
    if kind not in MENDABLE:
        raise Http404
    area = area_of(request.user)
    may_not(kind, area)
    kinds = {code: name for code, name in KINDS.items() if area is None or code != EVERYWHERE}
    context = {
        "kinds": kinds,
        "kind": kind,
        "kind_name": KINDS[kind],
        "everything": area is None,
        "called": "phone" in MENDABLE[kind].fields,
        "nothing": area == frozenset(),
        **found_entries(request, kind, area),
    }
    return render(request, "console/directory.html", context, status=NOT_FOUND if context["page"].beyond else 200)


@for_roles(*MENDING)
def entry(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """An entry and its timeline."""
    found = entry_of(request.user, kind, code)
    context = {
        "kind": kind,
        "kind_name": KINDS[kind],
        "entry": found,
        "facts": last_values_of(kind, found).items(),
        "everything": area_of(request.user) is None,
        "steps": timeline(kind, found),
        "done": request.GET.get("done"),
        "zone": request.user.jurisdiction,
    }
    return render(request, "console/entry.html", context)


@for_roles(*MENDING)
def mend(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The form; two at once: the second one is told, sees what stands there now, and keeps what they typed."""
    found, area = entry_of(request.user, kind, code, withdrawn=False), area_of(request.user)
    now = values_of(kind, found)
    about = about_entry(kind, code)
    form = FORMS[kind](typed(request), area=area, initial=as_typed(now) | {"opened": pack(now)}, **about)
    status = 200
    standing: list[tuple[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            changed = _save(request.user, kind, code, form)
        except Overtaken:
            found = entry_of(request.user, kind, code, withdrawn=False)
            now = values_of(kind, found)
            form, standing = _again(kind, form, now, area, about)
            status = OVERTAKEN
        else:
            return redirect(f"{reverse('console:entry', args=[kind, code])}?done={'mended' if changed else 'same'}")
    context = {
        "form": form,
        "kind": kind,
        "kind_name": KINDS[kind],
        "entry": found,
        "overtaken": status == OVERTAKEN,
        "standing": standing,
        "newest": newest_mend(kind, code) if status == OVERTAKEN else None,
        "zone": request.user.jurisdiction,
    }
    return render(request, "console/mend.html", context, status=INVALID if form.errors else status)


def _save(account: Account, kind: str, code: str, form: MendForm) -> bool:
    return entry_mend(
        kind=kind,
        code=code,
        opened=unpack(form.cleaned_data["opened"]),
        wanted=form.wanted,
        reason=form.cleaned_data["reason"],
        by=account.user,
        office=account.office,
        at=timezone.now(),
    )


def _again(
    kind: str, form: MendForm, now: Values, area: Collection[str] | None, about: dict[str, str]
) -> tuple[MendForm, list[tuple[str, Any]]]:
    """The form over what stands there now, with what this person changed; and the fields that both changed."""
    opened, wanted, shown = unpack(form.cleaned_data["opened"]), form.wanted, as_typed(now)
    mine = {name for name in now if _json(wanted[name]) != opened.get(name)}
    data = {name: form.data.get(name, "") if name in mine else shown[name] for name in now}
    data = {name: value for name, value in data.items() if value is not False}  # a box that is not ticked sends nothing
    both = [name for name in now if name in mine and now[name] != opened.get(name) and now[name] != _json(wanted[name])]
    again = FORMS[kind](data | {"reason": form.data.get("reason", ""), "opened": pack(now)}, area=area, **about)
    return again, [(again[name].label, shown[name]) for name in both]


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def area_of(account: Account) -> frozenset[str] | None:
    """Codes of the regions whose entries an account may mend; None is all."""
    if account.role == Role.INSURER_ADMIN:
        return None
    region = Office.objects.filter(code=account.office, withdrawn=False).values_list("region", flat=True).first()
    return frozenset(kept(timezone.now()).tree.subtree(region)) if region else frozenset()


def about_entry(kind: str, code: str) -> dict[str, str]:
    """What the form of this kind is told besides."""
    return {"entry": code} if kind == EVERYWHERE else {}


def may_not(kind: str, area: Collection[str] | None) -> None:
    """Raise PermissionDenied where offices have no say."""
    if kind == EVERYWHERE and area is not None:
        raise PermissionDenied(say("input.region_outside_office"))


def entry_of(account: Account, kind: str, code: str, **chosen: bool) -> Any:
    """An entry that the account may mend, withdrawn or not unless chosen. Raises Http404, PermissionDenied."""
    found = entry_named(kind, code, **chosen) if kind in MENDABLE else None
    if found is None:
        raise Http404
    area = area_of(account)
    may_not(kind, area)
    if area is not None and found.region not in area:
        raise PermissionDenied(say("input.region_outside_office"))
    return found
