"""Pages of administrators: users of an organisation or of the insurer, invitations; and where an invitation leads."""

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daftar.portal.accounts import invitations
from daftar.portal.accounts.events import events_of
from daftar.portal.accounts.limits import INVALID
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.passwords import rule_of
from daftar.portal.accounts.roles import for_roles
from daftar.portal.accounts.sign_up_forms import NewPasswordForm
from daftar.portal.accounts.users import (
    MOST_SHOWN,
    account_switch,
    invitations_of,
    second_factor_remove,
    users_of,
)
from daftar.portal.accounts.users_forms import InviteForm
from daftar.portal.accounts.words import EVENTS, ROLES
from daftar.portal.organisations.selectors import organisation_named
from daftar.portal.theme.forms import typed
from daftar.portal.theme.page import language
from daftar.terms.misunderstood import Misunderstood

ADMINISTRATORS = (Role.ADMINISTRATOR, Role.INSURER_ADMIN)
FIELD_OF = {"user_name_taken": "user", "mail_taken": "mail"}


@for_roles(*ADMINISTRATORS)
def users(request: HttpRequest) -> HttpResponse:
    """All users of the administrator, and invitations that stand open; one can be withdrawn here."""
    now = timezone.now()
    standing = invitations_of(request.user, at=now)
    if request.method == "POST":
        for each in standing:
            if str(each.id) == request.POST.get("withdraw"):
                invitations.invitation_withdraw(each, at=now)
        return redirect("account_users")
    organisation = organisation_named(request.user.organisation) if request.user.organisation else None
    context = {
        "organisation": organisation,
        "users": [(each, ROLES[each.role]) for each in users_of(request.user)[:MOST_SHOWN]],
        "invitations": [(each, invitations.invitation_fields(each), ROLES[each.role]) for each in standing],
        "done": request.GET.get("done"),
        "zone": request.user.jurisdiction,
    }
    return render(request, "account/users.html", context)


@for_roles(*ADMINISTRATORS)
def user(request: HttpRequest, number: int) -> HttpResponse:
    """One user: switch off or on, remove a lost second factor. Nobody switches themself off."""
    account = users_of(request.user).filter(pk=number).first()
    if account is None:
        raise Http404
    own = account.pk == request.user.pk
    if request.method == "POST" and not own:
        _change(request, account)
        return redirect("account_user", number)
    context = {
        "account": account,
        "role": ROLES[account.role],
        "mail": account.fields.get("mail", ""),
        "own": own,
        "second_factor": account.authenticator_set.exists(),
        "events": [(EVENTS.get(each.what, each.what), each.by, each.at) for each in events_of(account)],
        "zone": request.user.jurisdiction,
    }
    return render(request, "account/user.html", context)


@for_roles(*ADMINISTRATORS)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by mail."""
    form = InviteForm(typed(request), administrator=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invitation_send(form.invitee(), language=language(), by=request.user, at=timezone.now())
            return redirect(f"{reverse('account_users')}?done=invited")
        except Misunderstood as error:
            form.refuse(FIELD_OF[error.code], error)
    return render(request, "account/invite.html", {"form": form}, status=INVALID if form.errors else 200)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of an invitation leads: a password twice, and on to the log-in page."""
    opened = invitations.invitation_opened(token, at=timezone.now())
    if opened is None:
        return render(request, "account/invitation_over.html", status=404)
    form = NewPasswordForm(typed(request), rule=rule_of(opened.role, opened.jurisdiction))
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invitation_accept(token, form.cleaned_data["password"], at=timezone.now())
            return redirect(f"{reverse('account_login')}?done=invited")
        except IntegrityError:  # name or mailbox were taken since the invitation
            return render(request, "account/invitation_over.html", status=404)
    context = {
        "form": form,
        "invitation": opened,
        "name": invitations.invitation_fields(opened)["name"],
        "role": ROLES[opened.role],
        "organisation": organisation_named(opened.organisation) if opened.organisation else None,
        "button": _("Confirm"),
    }
    return render(request, "account/invitation.html", context, status=INVALID if form.errors else 200)


def _change(request: HttpRequest, account: Account) -> None:
    now, wish = timezone.now(), request.POST.get("do")
    if wish in ("on", "off"):
        account_switch(account, active=wish == "on", by=request.user, at=now)
    elif wish == "factor":
        second_factor_remove(account, by=request.user.user, at=now)
