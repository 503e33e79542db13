"""The Django app objections."""

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    """Objections."""

    name = "daftar.portal.objections"
    label = "objections"

    def ready(self) -> None:
        """Give the procedure of its cases."""
        from daftar.portal.cases.procedures import procedure_give
        from daftar.portal.objections.procedure import ObjectionProcedure
        from daftar.terms.cases import CaseKind

        procedure_give(CaseKind.OBJECTION, ObjectionProcedure())
