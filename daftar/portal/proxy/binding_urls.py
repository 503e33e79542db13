"""Addresses of the pages that bind somebody."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
