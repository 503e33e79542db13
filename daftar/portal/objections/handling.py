"""Which objections an account looks into: the hotline all of its country, an office what was passed on to it (S2.12).

Nobody their own or their relatives', where it is on record which person is behind the account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daftar.disclosure.kin import close_to, person_behind
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.cases.models import Case, Reviewer
from daftar.portal.cases.scope import scope_of
from daftar.portal.journal.services import raw_connection
from daftar.portal.theme.forms import say
from daftar.store.keys import Key
from daftar.terms.cases import CaseKind, NotDone

TAKING = (Role.HOTLINE, Role.INSURER_ADMIN)
"""Who takes objections down, sees all of the country, and passes them on."""

HANDLING = (*TAKING, Role.COUNTER, Role.REVIEWER)

PAPER_SEEN = frozenset({Role.COUNTER, Role.REVIEWER, Role.INSURER_ADMIN})
"""Who can have seen a paper that is recorded with the answer; nobody sees one on the telephone."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What an account may look into: a place, without the cases of those close to who is behind the account."""

    jurisdiction: str
    place: Q
    close: frozenset[Key]

    def is_close(self, key: Key) -> bool:
        """Whether an identifier is that of who is behind the account, or of somebody close. Inside `atomic()`."""
        return person_behind(raw_connection(), key) in self.close

    @property
    def cases(self) -> QuerySet[Case]:
        """All of them, with what each is about."""
        found = Case.objects.filter(self.place, kind=CaseKind.OBJECTION, submitted_at__isnull=False)
        if self.close:
            found = found.exclude(Q(person__in=self.close) | Q(applicant__in=self.close))
        return found.select_related("objection").filter(objection__isnull=False)


def handling_of(account: Account) -> Handling | NotDone:
    """What an account looks into, or why nothing. Call it inside `atomic()`."""
    if account.role not in HANDLING or not account.is_active:
        return NotDone.OUT_OF_SCOPE
    close = close_to_account(account)
    if account.role in TAKING:
        return Handling(account.jurisdiction, Q(jurisdiction=account.jurisdiction), close)
    if account.role == Role.COUNTER:
        own = Q(jurisdiction=account.jurisdiction, office=account.office or "-")
        return Handling(account.jurisdiction, own, close)
    scope = scope_of(account)
    return scope if isinstance(scope, NotDone) else Handling(scope.jurisdiction, scope.place, close)


def close_to_account(account: Account) -> frozenset[Key]:
    """Who is behind an account and those close to them; nobody where that is not on record. Inside `atomic()`."""
    person = Reviewer.objects.filter(account=account.pk).values_list("key", flat=True).first()
    return close_to(raw_connection(), Key(person)) if person else frozenset()


def for_handling(*roles: Role) -> Callable[[View], View]:
    """Let in who looks into objections; `request.handling` is which. The others are told what is missing."""

    def wear(view: View) -> View:
        @for_roles(*roles)
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
            with transaction.atomic():
                handling = handling_of(request.user)
            if isinstance(handling, NotDone):
                return render(request, "objections/closed.html", {"why": say(f"case_not_done.{handling}")}, status=403)
            request.handling = handling
            return view(request, *args, **options)

        return guarded

    return wear
