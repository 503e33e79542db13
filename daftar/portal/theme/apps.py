from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "daftar.portal.theme"
    label = "theme"
