"""Addresses of an organisation's administrator."""

from django.urls import path

from daftar.portal.console import organisation

app_name = "organisation"
urlpatterns = [
    path("agreement/", organisation.agreement, name="agreement"),
    path("clients/", organisation.clients, name="clients"),
    path("clients/stop/", organisation.client_stop, name="client_stop"),
]
