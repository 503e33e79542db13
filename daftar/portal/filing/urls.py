"""Addresses of filings: one's own, and the public page that says where a filing counts."""

from django.urls import path

from daftar.portal.filing import destination, own

app_name = "filing"
urlpatterns = [
    path("filings/", own.filings, name="filings"),
    path("directory/destination/", destination.destination, name="destination"),
]
