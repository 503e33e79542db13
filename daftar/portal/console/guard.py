"""Whom a counter serves: persons of its own country, and nobody close to who is behind the account.

The same rule as for answers explained and for objections. Every page of a person wears `for_counter`; that somebody was
not served is journalled, and told at the counter.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.kin import person_behind
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.console.persons import entry, person_under
from daftar.portal.journal.services import looks_record, raw_connection
from daftar.portal.objections.handling import close_to_account
from daftar.portal.people.selectors import jurisdiction_of_person
from daftar.store.keys import Key


class NotServed(StrEnum):
    """Why an account has no business with a person."""

    OTHER_COUNTRY = "other_country"  # the person is insured in another country than the account's
    RELATED = "related"  # the person is who works with the account, or close to them (daftar.disclosure.kin)


WHY = {
    NotServed.OTHER_COUNTRY: _("This person is insured in another country. An office of that country serves them."),
    NotServed.RELATED: _("This person is you, or somebody close to you. A colleague has to serve them."),
}


def concern(account: Account, key: Key) -> NotServed | None:
    """Why somebody, by any identifier, is no business of an account; None when they are. Inside `atomic()`."""
    person = person_behind(raw_connection(), key)
    if jurisdiction_of_person(person, withdrawn=True) not in (None, account.jurisdiction):
        return NotServed.OTHER_COUNTRY
    return NotServed.RELATED if person in close_to_account(account) else None


def not_served(account: Account, key: Key, at: datetime) -> NotServed | None:
    """Why a counter does not serve a person, journalled; None when it does. Inside `atomic()`, which has to commit."""
    why = concern(account, key)
    if why is not None:
        looks_record([entry(account, key, "refused", why, "")], at=at)
    return why


def for_counter(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in a counter with persons whom it serves: those of `handle` and, where there is one, `member`."""

    @for_roles(Role.COUNTER)
    @wraps(view)
    def guarded(request: HttpRequest, *, handle: str, **others: str) -> HttpResponse:
        named = [handle, others["member"]] if "member" in others else [handle]
        persons = [person_under(request, each) for each in named]
        with transaction.atomic():
            found = [not_served(request.user, each, timezone.now()) for each in persons]
        why = next((each for each in found if each is not None), None)
        if why is not None:
            return render(request, "console/not_served.html", {"why": WHY[why]}, status=403)
        return view(request, handle=handle, **others)

    return guarded
