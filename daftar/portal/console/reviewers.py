"""Headquarters say which person is behind each staff account: nobody decides about, or serves, themself or relatives.

Number and name are both typed, from the file of the staff; the page itself tells nothing about anybody. Nobody records
themself, and an account without a person behind it reviews nothing.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.answers import Entry
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import STAFF_ROLES, for_roles
from daftar.portal.accounts.users import users_of
from daftar.portal.accounts.words import ROLES
from daftar.portal.cases.models import Reviewer
from daftar.portal.cases.review_services import reviewer_record
from daftar.portal.cases.scope import REVIEWING
from daftar.portal.directory.models import Office
from daftar.portal.journal.services import looks_record
from daftar.portal.people.selectors import person_key, person_seen
from daftar.portal.theme.forms import IdentifierForm, Ticked, Typed, identifier_types, plain_text, typed
from daftar.store.keys import Key
from daftar.terms.identifiers import Identifier
from daftar.terms.outcomes import Channel, Ground

INVALID = 422
MODE = "reviewer"
NOT_MATCHED = _("We know nobody by this number and this name.")
TAKEN = _("This person is behind another account already. One person works by one account.")


class PersonForm(IdentifierForm):
    """Who works with the account."""

    name = Typed(plain_text, label=_("Given name and family name"))
    seen = Ticked(label=_("I have this from the person's staff file"))
    field_order = ("type", "number", "name", "seen")


@for_roles(Role.INSURER_ADMIN)
def listed(request: HttpRequest) -> HttpResponse:
    """All staff accounts of this country, those without a person first."""
    accounts = list(_accounts(request.user))
    known = {row.account: row for row in Reviewer.objects.filter(account__in=[each.pk for each in accounts])}
    offices = dict(Office.objects.filter(code__in=[each.office for each in accounts]).values_list("code", "name"))
    found = [
        (each, ROLES[each.role], offices.get(each.office, each.office), known.get(each.pk), each.role in REVIEWING)
        for each in accounts
    ]
    context = {
        "reviewers": sorted(found, key=lambda one: (one[3] is not None, one[0].user)),
        "done": request.GET.get("done"),
        "zone": request.user.jurisdiction,
    }
    return render(request, "console/reviewers.html", context)


@for_roles(Role.INSURER_ADMIN)
def reviewer(request: HttpRequest, number: int) -> HttpResponse:
    """The person behind one account; a second recording takes the place of the first."""
    account = _accounts(request.user).filter(pk=number).first()
    if account is None:
        raise Http404
    own, now = account.pk == request.user.pk, timezone.now()
    form = PersonForm(typed(request), types=identifier_types())
    if request.method == "POST" and not own and form.is_valid():
        problem = _recorded(form.cleaned_data, account, request.user, now)
        if problem is None:
            return redirect(f"{reverse('console:reviewers')}?done=recorded")
        form.add_error("number", problem)
    context = {
        "form": form,
        "account": account,
        "role": ROLES[account.role],
        "own": own,
        "known": Reviewer.objects.filter(account=account.pk).first(),
        "zone": request.user.jurisdiction,
    }
    return render(request, "console/reviewer.html", context, status=INVALID if form.errors else 200)


def _accounts(by: Account) -> Any:
    return users_of(by).filter(role__in=STAFF_ROLES, jurisdiction=by.jurisdiction)


@transaction.atomic
def _recorded(given: dict[str, Any], account: Account, by: Account, at: datetime) -> Any:
    """Record the person that was typed; what is wrong when nothing was recorded. Either is journalled."""
    identifier: Identifier = given["identifier"]
    person = person_key(identifier)
    seen = person_seen(person) if person else None
    if person is None or seen is None or not seen.is_called(given["name"]):
        typed_key = settings.SECRETS.key(identifier.type, identifier.number)
        _journal(typed_key, "refused", "not_matched", account, by, at)
        return NOT_MATCHED
    if not _behind(account, person, by, at):
        _journal(person, "refused", "taken", account, by, at)
        return TAKEN
    _journal(person, "recorded", "identity_checked", account, by, at)
    return None


def _behind(account: Account, person: UUID, by: Account, at: datetime) -> bool:
    try:
        return reviewer_record(account=account, person=person, by=by, at=at)
    except IntegrityError:  # a colleague recorded the same person elsewhere at the same moment
        return False


def _journal(person: UUID, outcome: str, reason: str, account: Account, by: Account, at: datetime) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=Key(person),
        outcome=outcome,
        reason=reason,
        ground=Ground.DUTY,
        shown="",
        account=by.user,
        office=by.office or None,
        reference=account.user,
    )
    looks_record([entry], at=at)
