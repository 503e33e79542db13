"""Addresses of the pages about acting for a bound person."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
