"""The Django app providers."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Providers."""

    name = "daftar.portal.providers"
    label = "providers"
