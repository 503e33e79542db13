"""Addresses of the app app."""

from django.urls import URLPattern

app_name = "app"

urlpatterns: list[URLPattern] = []
