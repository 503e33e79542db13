"""Addresses of the pages about acting for a bound person."""

from django.urls import URLPattern, path

from daftar.portal.proxy import acting_views

urlpatterns: list[URLPattern] = [
    path("whom/", acting_views.switch, name="switch"),
]
