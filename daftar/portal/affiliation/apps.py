from django.apps import AppConfig


class AffiliationConfig(AppConfig):
    name = "daftar.portal.affiliation"
    label = "affiliation"
    default_auto_field = "django.db.models.BigAutoField"
