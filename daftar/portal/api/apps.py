from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "daftar.portal.api"
    label = "api"
