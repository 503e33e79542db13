from django.apps import AppConfig


class LooksConfig(AppConfig):
    name = "daftar.portal.looks"
    label = "looks"
    default_auto_field = "django.db.models.BigAutoField"
