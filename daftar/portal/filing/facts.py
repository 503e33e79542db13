"""What the registry knows of a person when their filing is decided: facts of `rules.filing_decision` (S3.26)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from daftar.disclosure.insured import Insured, insured
from daftar.portal.directory.kept import kept
from daftar.portal.directory.models import PoolingRegion as PoolingRow
from daftar.portal.directory.tree import Tree
from daftar.portal.filing.models import Filing
from daftar.portal.journal.services import raw_connection
from daftar.portal.people.models import Person
from daftar.rules.destination import Scope, where_it_counts
from daftar.rules.filing_decision import FilingFacts, PoolingRegion, StandingFiling
from daftar.store.keys import Key
from daftar.terms.jurisdictions import Jurisdiction, jurisdictions

TYPE_OF_KIND = {"resident": "390", "compulsory": "310", "pensioner": "310", "self_employed": "310", "voluntary": "310"}
"""Insurance type where the source of a spell gave none: residents' scheme, else the employees' (domain-facts 2.11)."""


def path_in(tree: Tree, region: str) -> tuple[str, ...]:
    """Codes of a region and of those above it, the province first; empty for an unknown one."""
    return tuple(place.code for place in tree.path(region))


def path_to(region: str, at: datetime) -> tuple[str, ...]:
    """The same, in the directory as it stands."""
    return path_in(kept(at).tree, region)


def insurance_type_of(found: Insured, day: date) -> str:
    """The type of the spell that holds on a day, the one that began last; empty where none does."""
    holding = [spell for spell in found.spells if day in spell.period]
    return (holding[-1].insurance_type or TYPE_OF_KIND.get(holding[-1].kind, "")) if holding else ""


def insured_as(person: UUID, jurisdiction: Jurisdiction, day: date) -> str:
    """Type of a person's insurance on a day (险种); empty where the registry knows none. Inside `atomic()`."""
    return insurance_type_of(insured(raw_connection(), Key(person), jurisdiction.insurer), day)


def facts_of(person: Person | None, destination: Sequence[str], starts: date, *, at: datetime) -> FilingFacts:
    """Everything that the decision asks of a person and a destination; inside `atomic()`.

    Who makes a filing holds the person's row: of two filings at once the second one sees the first.
    """
    if person is None:
        return FilingFacts()
    jurisdiction = jurisdictions()[person.jurisdiction]
    tree = kept(at).tree
    found = insured(raw_connection(), Key(person.key), jurisdiction.insurer)
    return FilingFacts(
        insured=path_in(tree, person.insured_region),
        insurance_type=insurance_type_of(found, jurisdiction.today(at)),
        died=person.death_date,
        enrolled=[spell.period for spell in found.spells],
        covered=found.covered,
        filings=list(filings_on_record(person.key)),
        pooling=_pooling(where_it_counts(destination, starts), tree, starts) if destination else (),
    )


def filings_on_record(person: UUID) -> Iterable[StandingFiling]:
    """All filings of a person that their sources have not withdrawn."""
    rows = Filing.objects.filter(key=person, withdrawn=False).values_list("starts", "ends", "state")
    return (StandingFiling(starts, ends, state) for starts, ends, state in rows)


def _pooling(scope: Scope, tree: Tree, day: date) -> list[PoolingRegion]:
    """The pooling regions that a filing opens and that settle directly by its first day."""
    codes = {code for each in scope.opens for code in (tree.subtree(each.region) if each.below else [each.region])}
    open_by_then = Q(region__in=codes, opened_on__lte=day, withdrawn=False)
    rows = PoolingRow.objects.filter(open_by_then).values_list("region", "opened_on", "insurance_types")
    return [PoolingRegion(path_in(tree, region), opened, types.split()) for region, opened, types in rows]
