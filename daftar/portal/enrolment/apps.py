"""The Django app enrolment."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Enrolment; no tables of its own."""

    name = "daftar.portal.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        """Give the procedure of its cases."""
        from daftar.portal.cases.procedures import procedure_give
        from daftar.portal.enrolment.procedure import EnrolmentProcedure
        from daftar.terms.cases import CaseKind

        procedure_give(CaseKind.ENROLMENT, EnrolmentProcedure())
