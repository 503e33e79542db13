"""Addresses of the app proxy."""

from django.urls import URLPattern

app_name = "proxy"

urlpatterns: list[URLPattern] = []
