"""Log-in, second factor, log-out: allauth's views with our pages, and the enrolment that ends at the start page."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from daftar.portal.accounts.roles import second_factor_shown


class EnrolView(ActivateTOTPView):
    """First log-in of staff or an organisation's user: set up an authenticator and type its first code."""

    def dispatch(self, request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        """Who has one already goes on; a session that never showed it must log in again."""
        if request.user.is_authenticated and is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            if second_factor_shown(request):
                return redirect("console:start")
            logout(request)
            return redirect("account_login")
        return super().dispatch(request, *args, **options)

    def form_valid(self, form: object) -> HttpResponse:
        """Enrolled: the code just typed counts as the second factor of this session."""
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return answer

    def get_success_url(self) -> str:
        """On to the account's start page."""
        return reverse("console:start")


log_in = LoginView.as_view()
log_out = LogoutView.as_view()
password_again = ReauthenticateView.as_view()
code = AuthenticateView.as_view()
code_again = ReauthenticateByCodeView.as_view()
enrol = EnrolView.as_view()
