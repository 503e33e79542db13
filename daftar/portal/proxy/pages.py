"""Pages that a proxy may open for a member, and those that stay with oneself (S3.3, S3.20).

`for_whom` and `for_oneself` stand below the decorator that names the roles, so that somebody is logged in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from daftar.portal.accounts.roles import View
from daftar.portal.proxy.acting import Acting, BindingOver, acting_for
from daftar.portal.proxy.acts import TABLE, Act
from daftar.portal.theme.forms import say

ONESELF = "oneself"
"""In a form, instead of the name of a binding: «本人»."""

PAGE_FOR = "page_for"
"""In a form: for whom its page was shown. Another tab may have changed the choice since."""

FORBIDDEN, CONFLICT = 403, 409


def for_whom(act: Act) -> Callable[[View], View]:
    """Let a page be for oneself or for a member whom a proxy may act for: `request.acting`, None is «本人».

    What a proxy may not do, a binding that is over and a form that was shown for another person end in a page that
    says so; the view is not called.
    """

    def wear(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            try:
                acting = acting_for(request, at=timezone.now())
            except BindingOver:
                return over(request)
            if acting and not TABLE[act].allowed:
                return refuse(request, act)
            request.acting, request.page_for = acting, page_for(acting)  # the second is what <c-form> sends back
            if request.POST.get(PAGE_FOR, request.page_for) != request.page_for:
                return changed_since(request)
            return view(request, *args, **options)

        guarded.act = act  # a test reads which act of the table each page is
        return guarded

    return wear


def for_oneself(act: Act) -> Callable[[View], View]:
    """Refuse a page while its reader acts for a member: what the table does not give to a proxy."""
    if TABLE[act].allowed:
        raise ValueError(f"a proxy may {act}: the page is for_whom")
    return for_whom(act)


def page_for(acting: Acting | None) -> str:
    """For whom a page is: the random name of the binding, or «本人»."""
    return str(acting.binding.pk) if acting else ONESELF


def refuse(request: HttpRequest, act: Act) -> HttpResponse:
    """The page that says what a proxy may not do, with the way to do it for oneself."""
    sentence = say("proxy.not_allowed", act=say(f"proxy_act.{act}"))
    return render(request, "proxy/acting/refused.html", {"sentence": sentence, **_again(request)}, status=FORBIDDEN)


def over(request: HttpRequest) -> HttpResponse:
    """The page that tells that the chosen member cannot be acted for any more."""
    return render(request, "proxy/acting/over.html", _again(request), status=CONFLICT)


def changed_since(request: HttpRequest) -> HttpResponse:
    """The page that tells that somebody else was chosen after the form was shown; nothing was done."""
    return render(request, "proxy/acting/changed.html", _again(request), status=CONFLICT)


def _again(request: HttpRequest) -> dict[str, str]:
    """Where to go on: the page that was opened, or the one whose form was sent; empty where that is not known."""
    address = request.get_full_path() if request.method == "GET" else request.headers.get("referer", "")
    return {"again": address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""}
