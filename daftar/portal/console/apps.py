from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "daftar.portal.console"
    label = "console"
