"""The office counter and a person's account: verify their identity on the spot, or close an account that is not theirs
(design §4). Who looks, and what was done, is journalled like everything else at the counter."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.answers import Entry
from daftar.portal.accounts.identity import account_displace, identity_confirm_at_counter
from daftar.portal.accounts.models import Account
from daftar.portal.accounts.users import second_factor_remove
from daftar.portal.console.counter import person_page
from daftar.portal.console.guard import for_counter
from daftar.portal.console.persons import look, person_under
from daftar.portal.journal.services import looks_record
from daftar.portal.theme.forms import PageForm, Ticked, typed
from daftar.store.keys import Key
from daftar.terms.mails import mask_mail
from daftar.terms.outcomes import Channel, Ground

INVALID = 422


class SeenForm(PageForm):
    """The person stands at the counter."""

    seen = Ticked(label=_("I have seen this person and their original identity document"))


@for_counter
def account(request: HttpRequest, handle: str) -> HttpResponse:
    """The account of a person, and what the office may do with it once it has seen them."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "account")
        found = Account.objects.filter(person_key=key).first()
    form = SeenForm(typed(request))
    wish = request.POST.get("do", "")
    if request.method == "POST" and found is not None and form.is_valid() and wish in DEEDS:
        _do(wish, key, found, by=request.user, at=now)
        return redirect(person_page(handle, f"account_{wish}"))
    context = {
        "seen": seen,
        "handle": handle,
        "account": found,
        "mail": mask_mail(found.fields.get("mail", "")) if found else "",
        "second_factor": found is not None and found.authenticator_set.exists(),
        "form": form,
        "zone": seen.jurisdiction,
    }
    return render(request, "console/account.html", context, status=INVALID if form.errors else 200)


DEEDS = {"verify": "identity_verified", "close": "account_closed", "factor": "factor_removed"}
"""What a counter may do, and the outcome that the journal names."""


@transaction.atomic
def _do(wish: str, key: Key, found: Account, *, by: Account, at: datetime) -> None:
    if wish == "verify":
        identity_confirm_at_counter(key, by=by, at=at)
    elif wish == "close":
        account_displace(key, by=by.user, at=at)
    else:
        second_factor_remove(found, by=by.user, at=at)
    entry = Entry(
        channel=Channel.COUNTER,
        mode="account",
        key=key,
        outcome=DEEDS[wish],
        reason="identity_checked",
        ground=Ground.DUTY,
        shown="",
        account=by.user,
        office=by.office or None,
    )
    looks_record([entry], at=at)
