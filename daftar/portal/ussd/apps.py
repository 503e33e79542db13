from django.apps import AppConfig


class UssdConfig(AppConfig):
    name = "daftar.portal.ussd"
    label = "ussd"
    default_auto_field = "django.db.models.BigAutoField"
