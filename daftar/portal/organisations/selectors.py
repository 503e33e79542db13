"""Reading organisations and their agreements."""

from datetime import date

from daftar.disclosure.agreements import AgreementTerms, any_allows, read_purposes
from daftar.portal.organisations.models import Agreement, Organisation


def organisation_named(code: str) -> Organisation | None:
    """The organisation of a code, unless its source has withdrawn it."""
    return Organisation.objects.filter(code=code, withdrawn=False).first()


def may_ask(organisation: Organisation | None, purpose: str, day: date) -> bool:
    """Whether an organisation may ask for a purpose on a day: not suspended, and an agreement in force (S1.2)."""
    if organisation is None or organisation.suspended:
        return False
    terms = (
        AgreementTerms(each.starts, each.ends, read_purposes(organisation.kind, each.purposes))
        for each in Agreement.objects.filter(organisation=organisation.code, withdrawn=False)
    )
    return any_allows(terms, purpose, day)
