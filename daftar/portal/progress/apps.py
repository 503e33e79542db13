"""The Django app progress."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Progress; no tables of its own."""

    name = "daftar.portal.progress"
    label = "progress"
