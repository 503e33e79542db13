"""The form of a filing as its case keeps it (F7, S3.21): field by field, and what it asks of the rules."""

from collections.abc import Collection
from datetime import date

from daftar.portal.cases.models import Case
from daftar.portal.directory.tree import Tree
from daftar.portal.filing.facts import path_in
from daftar.portal.proxy.models import ProxyBinding, Way
from daftar.rules.filing import Materials, materials
from daftar.rules.filing_decision import WantedFiling
from daftar.store.sealing import Fields
from daftar.terms.filings import FilingCategory
from daftar.terms.materials import MaterialKind

CATEGORY, DESTINATION, STARTS, ENDS, ADDRESS = "category", "destination", "starts", "ends", "address"
CONTACT_NAME, CONTACT_PHONE, CONTACT_RELATION = "contact_name", "contact_phone", "contact_relation"
CONTACT_ADDRESS = "contact_address"
INSURANCE_TYPE = "insurance_type"
"""As it was when the page was filled in, to be read; the decision asks the registry."""

OF_THE_FILER = frozenset({CATEGORY, DESTINATION, STARTS})
OF_THE_CONTACT = frozenset({CONTACT_NAME, CONTACT_PHONE, CONTACT_RELATION})
"""What each page of the form must have filled in."""

IDENTITY = frozenset({MaterialKind.IDENTITY_DOCUMENT})


def starts_on(fields: Fields) -> date:
    """The first day; KeyError before it was filled in."""
    return date.fromisoformat(fields[STARTS])


def ends_on(fields: Fields) -> date | None:
    """The last day; None is open."""
    return date.fromisoformat(fields[ENDS]) if fields.get(ENDS) else None


def wanted_of(fields: Fields, given: Collection[str], tree: Tree) -> WantedFiling:
    """What the rules are asked; KeyError before the filer's page was filled in."""
    path = path_in(tree, fields[DESTINATION])
    return WantedFiling(fields[CATEGORY], starts_on(fields), ends_on(fields), path, frozenset(given))


def needed_for(jurisdiction: str, fields: Fields) -> tuple[Materials, ...]:
    """The material that the law asks for, of each entry one; KeyError before the filer's page was filled in."""
    return materials(jurisdiction, FilingCategory(fields[CATEGORY]), starts_on(fields))


def identity_shown(case: Case) -> frozenset[str]:
    """The identity document, where it counts as seen: by the verified log-in of who files for themself, or when the
    member was bound. A child who was bound by a promise has shown nothing."""
    if case.applicant == case.person:
        return IDENTITY
    bound = ProxyBinding.objects.filter(
        principal=case.applicant, member=case.person, ended_at=None, bound_at__isnull=False
    ).exclude(way=Way.COMMITMENT)
    return IDENTITY if bound.exists() else frozenset()
