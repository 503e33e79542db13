"""Addresses of the app providers."""

from django.urls import URLPattern

app_name = "providers"

urlpatterns: list[URLPattern] = []
