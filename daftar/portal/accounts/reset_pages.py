"""Pages of a forgotten password (S4.15): e-mail address, mail code, new password, back to the log-in page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daftar.portal.accounts.challenges import challenge_try
from daftar.portal.accounts.limits import INVALID, TOO_MANY, within_limit
from daftar.portal.accounts.models import Challenge, Purpose
from daftar.portal.accounts.passwords import rule_of
from daftar.portal.accounts.reset import reset_account, reset_finish, reset_start
from daftar.portal.accounts.sign_up_forms import ForgottenForm, NewPasswordForm, OneTimeCodeForm
from daftar.portal.accounts.sign_up_pages import wrong_code
from daftar.portal.theme.forms import say, typed
from daftar.portal.theme.page import language

CHALLENGE = "reset"


def start(request: HttpRequest) -> HttpResponse:
    """The e-mail address; the next page is the same whether it has an account or not."""
    form, status = ForgottenForm(typed(request)), INVALID
    if request.method == "POST" and form.is_valid():
        mail = form.cleaned_data["mail"]
        if within_limit(request, "mail_code", mail):
            challenge = reset_start(mail=mail, language=language(), at=timezone.now())
            request.session[CHALLENGE] = str(challenge.id)
            return redirect("account_reset_code")
        form.add_error(None, say("problem.too-many-requests"))
        status = TOO_MANY
    return render(request, "account/forgotten.html", {"form": form}, status=status if form.errors else 200)


def code(request: HttpRequest) -> HttpResponse:
    """The code from the mailbox."""
    if CHALLENGE not in request.session:
        return redirect("account_forgotten")
    form, left = OneTimeCodeForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        outcome = challenge_try(
            challenge=UUID(request.session[CHALLENGE]),
            purpose=Purpose.RESET,
            code=form.cleaned_data["code"],
            at=timezone.now(),
        )
        if isinstance(outcome, Challenge):
            request.session.cycle_key()
            return redirect("account_reset_password")
        left = outcome.left
        form.add_error("code", wrong_code(outcome))
    context = {
        "form": form,
        "over": left == 0,
        "start": reverse("account_forgotten"),
        "caption": _("Forgotten password"),
        "if_known": True,
    }
    return render(request, "account/mail_code.html", context, status=INVALID if form.errors else 200)


def password(request: HttpRequest) -> HttpResponse:
    """The new password twice."""
    name, now = request.session.get(CHALLENGE), timezone.now()
    account = reset_account(UUID(name), at=now) if name else None
    if account is None:
        return redirect("account_forgotten")
    form = NewPasswordForm(typed(request), rule=rule_of(account.role, account.jurisdiction))
    if request.method == "POST" and form.is_valid():
        reset_finish(UUID(name), form.cleaned_data["password"], at=now)
        request.session.pop(CHALLENGE, None)
        return redirect(f"{reverse('account_login')}?done=reset")
    context = {"form": form, "caption": _("Forgotten password"), "button": _("OK")}
    return render(request, "account/new_password.html", context, status=INVALID if form.errors else 200)
