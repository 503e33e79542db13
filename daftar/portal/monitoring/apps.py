"""The Django app monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Monitoring."""

    name = "daftar.portal.monitoring"
    label = "monitoring"
