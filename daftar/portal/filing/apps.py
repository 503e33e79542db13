from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "daftar.portal.filing"
    label = "filing"
    default_auto_field = "django.db.models.BigAutoField"
