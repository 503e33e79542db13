"""Addresses of the counter's pages about bindings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
