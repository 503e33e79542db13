"""The Django app campaigns."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "daftar.portal.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
