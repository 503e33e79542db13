"""Pages of sign-up (S4.10-S4.14): form F8, mail code, where needed the code by SMS, password, then the log-in page.

The session holds the names of challenges alone; it gets a new key when a code was typed right.
"""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daftar.portal.accounts import sign_up
from daftar.portal.accounts.challenges import Wrong, challenge_passed, challenge_try, typed_fields
from daftar.portal.accounts.identity import NotSent, identity_send
from daftar.portal.accounts.limits import INVALID, TOO_MANY, within_limit
from daftar.portal.accounts.models import Account, Challenge, Purpose
from daftar.portal.accounts.passwords import rule_of
from daftar.portal.accounts.sign_up import Verdict
from daftar.portal.accounts.sign_up_forms import NewPasswordForm, OneTimeCodeForm, SignUpForm
from daftar.portal.theme.forms import PageForm, identifier_types, say, typed
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import jurisdiction_of

CHALLENGE, PROOF, REFUSED = "sign_up", "sign_up_proof", "sign_up_refused"


def start(request: HttpRequest) -> HttpResponse:
    """Name, identifier and e-mail address; a code is mailed, whoever the person is."""
    form, status = SignUpForm(typed(request), types=identifier_types()), INVALID
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if within_limit(request, "mail_code", values["mail"]):
            challenge = sign_up.sign_up_start(
                name=values["name"],
                identifier=values["identifier"],
                mail=values["mail"],
                language=language(),
                at=timezone.now(),
            )
            request.session[CHALLENGE] = str(challenge.id)
            return redirect("account_sign_up_code")
        form.add_error(None, say("problem.too-many-requests"))
        status = TOO_MANY
    return render(request, "account/sign_up.html", {"form": form}, status=status if form.errors else 200)


def code(request: HttpRequest) -> HttpResponse:
    """The code from the mailbox; only now the page says whether the person may sign up (S4.13)."""
    if CHALLENGE not in request.session:
        return redirect("account_sign_up")
    form, left = OneTimeCodeForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        outcome = challenge_try(
            challenge=UUID(request.session[CHALLENGE]),
            purpose=Purpose.SIGN_UP,
            code=form.cleaned_data["code"],
            at=timezone.now(),
        )
        if isinstance(outcome, Challenge):
            request.session.cycle_key()  # whoever knew the session before does not know this one
            return _onward(request, sign_up.sign_up_judge(outcome, at=timezone.now()))
        left = outcome.left
        form.add_error("code", wrong_code(outcome))
    context = {"form": form, "over": left == 0, "start": reverse("account_sign_up"), "caption": _("Sign up")}
    return render(request, "account/mail_code.html", context, status=INVALID if form.errors else 200)


def refused(request: HttpRequest) -> HttpResponse:
    """Why there is no account to be had."""
    verdict = request.session.get(REFUSED)
    if verdict is None:
        return redirect("account_sign_up")
    context = {"verdict": verdict, "sentence": say(f"sign_up.{verdict}")}
    return render(request, "account/sign_up_refused.html", context)


def identity(request: HttpRequest) -> HttpResponse:
    """An unverified account of the person exists: prove to be them by the mobile on record, to take its place."""
    challenge = _passed(request)
    if challenge is None:
        return redirect("account_sign_up")
    form, status = PageForm(typed(request)), INVALID
    if request.method == "POST":
        sent = identity_send(challenge.key, account=None, language=language(), at=timezone.now())
        if isinstance(sent, Challenge):
            request.session[PROOF] = str(sent.id)
            return redirect("account_sign_up_identity_code")
        form.add_error(None, not_sent(sent))
        status = TOO_MANY if sent == NotSent.TOO_MANY else INVALID
    context = {"form": form, "taking_place": True}
    return render(request, "account/identity.html", context, status=status if form.errors else 200)


def identity_code(request: HttpRequest) -> HttpResponse:
    """The code from the mobile; on to the password."""
    if _passed(request) is None or PROOF not in request.session:
        return redirect("account_sign_up")
    form, left = OneTimeCodeForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        outcome = challenge_try(
            challenge=UUID(request.session[PROOF]),
            purpose=Purpose.IDENTITY,
            code=form.cleaned_data["code"],
            at=timezone.now(),
        )
        if isinstance(outcome, Challenge):
            request.session.cycle_key()
            return redirect("account_sign_up_password")
        left = outcome.left
        form.add_error("code", wrong_code(outcome))
    context = {"form": form, "over": left == 0, "start": reverse("account_sign_up_identity")}
    return render(request, "account/identity_code.html", context, status=INVALID if form.errors else 200)


def password(request: HttpRequest) -> HttpResponse:
    """The password twice; then the account is there, and the log-in page comes (S4.12, S4.14)."""
    challenge = _passed(request)
    if challenge is None:
        return redirect("account_sign_up")
    jurisdiction = jurisdiction_of(typed_fields(challenge)["type"]).code
    form = NewPasswordForm(typed(request), rule=rule_of("citizen", jurisdiction))
    if request.method == "POST" and form.is_valid():
        proof = request.session.get(PROOF)
        made = sign_up.sign_up_finish(
            challenge=challenge.id,
            password=form.cleaned_data["password"],
            proof=UUID(proof) if proof else None,
            at=timezone.now(),
        )
        if isinstance(made, Account):
            _forget(request)
            return redirect(f"{reverse('account_login')}?done=signed_up")
        return _onward(request, made)
    context = {"form": form, "caption": _("Sign up"), "button": _("Confirm")}
    return render(request, "account/new_password.html", context, status=INVALID if form.errors else 200)


def wrong_code(outcome: Wrong) -> str:
    """What is said to a code that is not taken."""
    return say("input.wrong_code", left=str(outcome.left)) if outcome.left else say("problem.code-refused")


def not_sent(why: NotSent) -> str:
    """What is said when no code went to a mobile."""
    return say("sign_up.no_mobile") if why == NotSent.NO_MOBILE else say("problem.too-many-requests")


@transaction.atomic
def _passed(request: HttpRequest) -> Challenge | None:
    name = request.session.get(CHALLENGE)
    found = challenge_passed(challenge=UUID(name), purpose=Purpose.SIGN_UP, at=timezone.now()) if name else None
    return found


def _onward(request: HttpRequest, verdict: Verdict | None) -> HttpResponse:
    if verdict is None:
        return redirect("account_sign_up")
    if verdict == Verdict.WELCOME:
        return redirect("account_sign_up_password")
    if verdict == Verdict.PROOF_NEEDED:
        return redirect("account_sign_up_identity")
    _forget(request)
    request.session[REFUSED] = str(verdict)
    return redirect("account_sign_up_refused")


def _forget(request: HttpRequest) -> None:
    for name in (CHALLENGE, PROOF, REFUSED):
        request.session.pop(name, None)
