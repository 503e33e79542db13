from django.apps import AppConfig

from daftar.terms.cases import CaseKind


class FilingConfig(AppConfig):
    name = "daftar.portal.filing"
    label = "filing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the procedures of filings and revocations."""
        from daftar.portal.cases.procedures import procedure_give
        from daftar.portal.filing.procedure import FilingProcedure
        from daftar.portal.filing.revoking import RevocationProcedure

        procedure_give(CaseKind.FILING, FilingProcedure())
        procedure_give(CaseKind.REVOCATION, RevocationProcedure())
