"""Pages that verify a citizen's identity by a code to the mobile on record (design §4)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from daftar.portal.accounts.challenges import Wrong
from daftar.portal.accounts.identity import NotSent, identity_confirm, identity_send
from daftar.portal.accounts.limits import INVALID, TOO_MANY
from daftar.portal.accounts.models import Challenge
from daftar.portal.accounts.roles import GOING_TO, for_citizens
from daftar.portal.accounts.sign_up_forms import OneTimeCodeForm
from daftar.portal.accounts.sign_up_pages import not_sent, wrong_code
from daftar.portal.theme.forms import PageForm, typed
from daftar.portal.theme.page import language

CHALLENGE = "identity"


@for_citizens(verified=False)
def start(request: HttpRequest) -> HttpResponse:
    """What it is for, and a button that sends the code."""
    form, status = PageForm(typed(request)), INVALID
    if request.method == "POST" and request.user.verified_at is None:
        account = request.user
        sent = identity_send(account.person_key, account=account.pk, language=language(), at=timezone.now())
        if isinstance(sent, Challenge):
            request.session[CHALLENGE] = str(sent.id)
            return redirect("account_identity_code")
        form.add_error(None, not_sent(sent))
        status = TOO_MANY if sent == NotSent.TOO_MANY else INVALID
    return render(request, "account/identity.html", {"form": form}, status=status if form.errors else 200)


@for_citizens(verified=False)
def code(request: HttpRequest) -> HttpResponse:
    """The code from the mobile; then on to the page that asked for it."""
    if CHALLENGE not in request.session:
        return redirect("account_identity")
    form, left = OneTimeCodeForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        outcome = identity_confirm(
            request.user,
            challenge=UUID(request.session[CHALLENGE]),
            code=form.cleaned_data["code"],
            at=timezone.now(),
        )
        if not isinstance(outcome, Wrong):
            request.session.pop(CHALLENGE)
            request.session.cycle_key()
            return redirect(request.session.pop(GOING_TO, None) or f"{reverse('account_overview')}?done=verified")
        left = outcome.left
        form.add_error("code", wrong_code(outcome))
    context = {"form": form, "over": left == 0, "start": reverse("account_identity")}
    return render(request, "account/identity_code.html", context, status=INVALID if form.errors else 200)
