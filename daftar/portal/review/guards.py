"""Who may open the pages: reviewers and headquarters of whom it is on record which person they are (S3.16)."""

from functools import wraps

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.cases.models import Case
from daftar.portal.cases.scope import scope_of
from daftar.portal.theme.forms import say
from daftar.terms.cases import NotDone


def for_reviewers(view: View) -> View:
    """Let in who reviews something; `request.scope` is what. The others are told what is missing."""

    @for_roles(Role.REVIEWER, Role.INSURER_ADMIN)
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        with transaction.atomic():
            scope = scope_of(request.user)
        if isinstance(scope, NotDone):
            return render(request, "review/closed.html", {"why": say(f"case_not_done.{scope}")}, status=403)
        request.scope = scope
        return view(request, *args, **options)

    return guarded


def case_numbered(number: str) -> Case:
    """The case of an address; 404 for what is no number of a case. Whether the account may see it is asked later."""
    found = Case.objects.filter(number=number).only("pk", "number", "kind").first() if number.isdecimal() else None
    if found is None:
        raise Http404
    return found
