from django.apps import AppConfig


class ProxyConfig(AppConfig):
    name = "daftar.portal.proxy"
    label = "proxy"
    default_auto_field = "django.db.models.BigAutoField"
