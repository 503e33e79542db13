"""The Django app app."""

from django.apps import AppConfig


class InstallableConfig(AppConfig):
    """Installable."""

    name = "daftar.portal.app"
    label = "app"
