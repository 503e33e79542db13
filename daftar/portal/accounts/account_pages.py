"""Pages of one's own account: overview, password, notices, log-ins on other devices."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.events import events_of
from daftar.portal.accounts.identity import mobile_of
from daftar.portal.accounts.limits import INVALID, TOO_MANY, within_limit
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.passwords import rule_of
from daftar.portal.accounts.reset import password_set
from daftar.portal.accounts.roles import for_citizens, for_roles
from daftar.portal.accounts.sessions import IN_SESSION, sessions_end, sessions_of
from daftar.portal.accounts.sign_up_forms import ChangePasswordForm
from daftar.portal.accounts.words import EVENTS, ROLES
from daftar.portal.notices.models import NoticeChannel
from daftar.portal.notices.selectors import channel_of
from daftar.portal.notices.services import choice_set
from daftar.portal.theme.forms import CHOOSE, PageForm, say, typed
from daftar.portal.theme.page import language

CHANNELS = {NoticeChannel.MAIL: _("By e-mail"), NoticeChannel.SMS: _("By SMS to the mobile on record")}


class NoticesForm(PageForm):
    """By what a person is told."""

    channel = forms.ChoiceField(
        choices=list(CHANNELS.items()),
        label=_("How shall we tell you what concerns you?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


@for_roles(*Role)
def overview(request: HttpRequest) -> HttpResponse:
    """What is known of the account, and what its owner may do."""
    account = request.user
    context = {
        "account": account,
        "mail": account.fields.get("mail", ""),
        "role": ROLES[account.role],
        "citizen": account.role == Role.CITIZEN,
        "second_factor": is_mfa_enabled(account, [Authenticator.Type.TOTP]),
        "channel": CHANNELS[channel_of(account.person_key)] if account.person_key else "",
        "sessions": len(sessions_of(account, at=timezone.now())),
        "events": [(EVENTS.get(each.what, each.what), each.at) for each in events_of(account)],
        "done": request.GET.get("done"),
        "zone": account.jurisdiction,
    }
    return render(request, "account/overview.html", context)


@for_roles(*Role)
def password(request: HttpRequest) -> HttpResponse:
    """A new password; log-ins on other devices end."""
    account = request.user
    form, status = ChangePasswordForm(typed(request), rule=rule_of(account.role, account.jurisdiction)), INVALID
    if request.method == "POST" and form.is_valid():
        if not within_limit(request, "present_password", account.user):
            form.add_error(None, say("problem.too-many-requests"))
            status = TOO_MANY
        elif not account.check_password(form.cleaned_data["old"]):
            form.add_error("old", say("input.wrong_old_password"))
        else:
            here = request.session.get(IN_SESSION, "")
            password_set(account, form.cleaned_data["password"], by=account.user, at=timezone.now(), but=here)
            update_session_auth_hash(request, account)
            return redirect(f"{reverse('account_overview')}?done=password")
    return render(request, "account/change_password.html", {"form": form}, status=status if form.errors else 200)


@for_citizens(verified=True)
def notices(request: HttpRequest) -> HttpResponse:
    """Mail or SMS, as the person chooses; SMS goes to the mobile on record, so the identity is verified first."""
    account = request.user
    form = NoticesForm(typed(request), initial={"channel": channel_of(account.person_key)})
    if request.method == "POST" and form.is_valid():
        channel = NoticeChannel(form.cleaned_data["channel"])
        if channel == NoticeChannel.SMS and mobile_of(account.person_key) is None:
            form.add_error("channel", say("sign_up.no_mobile"))
        else:
            mail = account.fields.get("mail", "")
            choice_set(account.person_key, channel=channel, mail=mail, language=language())
            return redirect(f"{reverse('account_overview')}?done=notices")
    return render(request, "account/notices.html", {"form": form}, status=INVALID if form.errors else 200)


@for_roles(*Role)
def sessions(request: HttpRequest) -> HttpResponse:
    """Log-ins by device: end one, or all."""
    account = request.user
    if request.method == "POST":
        if request.POST.get("end") == "all":
            sessions_end(account, at=timezone.now())
            logout(request)
            return redirect(f"{reverse('account_login')}?done=everywhere")
        if ended := _uuid(request.POST.get("end", "")):
            sessions_end(account, at=timezone.now(), only=ended)
        return redirect("account_sessions")
    here = _uuid(request.session.get(IN_SESSION, ""))
    context = {"sessions": sessions_of(account, at=timezone.now()), "here": here, "zone": account.jurisdiction}
    return render(request, "account/sessions.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
