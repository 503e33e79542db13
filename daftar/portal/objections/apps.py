"""The Django app objections."""

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    """Objections."""

    name = "daftar.portal.objections"
    label = "objections"
