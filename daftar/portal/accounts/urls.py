"""Addresses of log-in and second factor; the names are those that allauth looks up."""

from django.urls import path

from daftar.portal.accounts import views

urlpatterns = [
    path("log-in/", views.log_in, name="account_login"),
    path("log-out/", views.log_out, name="account_logout"),
    path("password/", views.password_again, name="account_reauthenticate"),
    path("code/", views.code, name="mfa_authenticate"),
    path("code/again/", views.code_again, name="mfa_reauthenticate"),
    path("second-factor/", views.enrol, name="mfa_activate_totp"),
]
