"""The Django app enrolment."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Enrolment; no tables of its own."""

    name = "daftar.portal.enrolment"
    label = "enrolment"
