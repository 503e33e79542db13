from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "daftar.portal.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
