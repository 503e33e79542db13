"""Addresses of the app cases: material of a case."""

from django.urls import URLPattern

app_name = "cases"

urlpatterns: list[URLPattern] = []
