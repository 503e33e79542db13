"""The Django app review."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Review; no tables of its own."""

    name = "daftar.portal.review"
    label = "review"
