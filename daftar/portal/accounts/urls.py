"""Addresses of log-in, sign-up and accounts; the names of log-in and second factor are those that allauth looks up."""

from django.urls import path

from daftar.portal.accounts import account_pages, identity_pages, reset_pages, sign_up_pages, users_pages, views

urlpatterns = [
    path("", account_pages.overview, name="account_overview"),
    path("log-in/", views.log_in, name="account_login"),
    path("log-out/", views.log_out, name="account_logout"),
    path("password/", views.password_again, name="account_reauthenticate"),
    path("code/", views.code, name="mfa_authenticate"),
    path("code/again/", views.code_again, name="mfa_reauthenticate"),
    path("second-factor/", views.enrol, name="mfa_activate_totp"),
    path("second-factor/off/", views.disenrol, name="mfa_deactivate_totp"),
    path("sign-up/", sign_up_pages.start, name="account_sign_up"),
    path("sign-up/code/", sign_up_pages.code, name="account_sign_up_code"),
    path("sign-up/identity/", sign_up_pages.identity, name="account_sign_up_identity"),
    path("sign-up/identity/code/", sign_up_pages.identity_code, name="account_sign_up_identity_code"),
    path("sign-up/password/", sign_up_pages.password, name="account_sign_up_password"),
    path("sign-up/refused/", sign_up_pages.refused, name="account_sign_up_refused"),
    path("forgotten/", reset_pages.start, name="account_forgotten"),
    path("forgotten/code/", reset_pages.code, name="account_reset_code"),
    path("forgotten/password/", reset_pages.password, name="account_reset_password"),
    path("identity/", identity_pages.start, name="account_identity"),
    path("identity/code/", identity_pages.code, name="account_identity_code"),
    path("password/new/", account_pages.password, name="account_new_password"),
    path("notices/", account_pages.notices, name="account_notices"),
    path("sessions/", account_pages.sessions, name="account_sessions"),
    path("users/", users_pages.users, name="account_users"),
    path("users/invite/", users_pages.invite, name="account_invite"),
    path("users/<int:number>/", users_pages.user, name="account_user"),
    path("invitations/<token>/", users_pages.invitation, name="account_invitation"),
]
