"""Log-in, second factor, log-out: allauth's views with our pages."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.events import event_record
from daftar.portal.accounts.roles import needs_second_factor, second_factor_shown

DONE = {
    "signed_up": (_("Your account is ready"), _("Log in with your e-mail address and your password.")),
    "reset": (_("Your password is changed"), _("Log in with the new one.")),
    "everywhere": (_("You are logged out everywhere"), _("Log in again where you need it.")),
    "invited": (_("Your account is ready"), _("Log in, and set up your second factor.")),
}
"""What the log-in page says of what was just done."""


class LogInView(LoginView):
    """Log-in; every flow of an account ends here (S4.14)."""

    def get_context_data(self, **values: object) -> dict[str, object]:
        """What was done just before, said above the form."""
        return super().get_context_data(**values) | {"done": DONE.get(self.request.GET.get("done", ""))}


class EnrolView(ActivateTOTPView):
    """Set up an authenticator: staff and organisations at the first log-in, citizens who wish."""

    def dispatch(self, request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        """Who has one already goes on; a session that never showed it must log in again."""
        if request.user.is_authenticated and is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            if second_factor_shown(request):
                return redirect(_after(request))
            logout(request)
            return redirect("account_login")
        return super().dispatch(request, *args, **options)

    def form_valid(self, form: object) -> HttpResponse:
        """Enrolled: the code just typed counts as the second factor of this session."""
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        event_record(self.request.user, "factor_on", by=self.request.user.user, at=timezone.now())
        return answer

    def get_success_url(self) -> str:
        """On to the account's start page."""
        return _after(self.request)


class DisenrolView(DeactivateTOTPView):
    """A citizen does without the authenticator again; everybody else must have one (S4.12)."""

    def dispatch(self, request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        """Citizens with an authenticator alone."""
        if not request.user.is_authenticated or needs_second_factor(request.user):
            return redirect("console:start")
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return redirect("account_overview")
        return super().dispatch(request, *args, **options)

    def form_valid(self, form: object) -> HttpResponse:
        """Removed, and written down."""
        answer = super().form_valid(form)
        event_record(self.request.user, "factor_off", by=self.request.user.user, at=timezone.now())
        return answer

    def get_success_url(self) -> str:
        """Back to one's account."""
        return _after(self.request)


def _after(request: HttpRequest) -> str:
    return reverse("console:start" if needs_second_factor(request.user) else "account_overview")


log_in = LogInView.as_view()
log_out = LogoutView.as_view()
password_again = ReauthenticateView.as_view()
code = AuthenticateView.as_view()
code_again = ReauthenticateByCodeView.as_view()
enrol = EnrolView.as_view()
disenrol = DisenrolView.as_view()
