"""What the registry knows of a person when their filing is decided: facts of `rules.filing_decision` (S3.26)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from daftar.disclosure.insured import Spell, covered_by, filed_by, pooling_open, registered, spells_of
from daftar.portal.directory.tree import Tree
from daftar.portal.journal.services import raw_connection
from daftar.rules.destination import Scope, where_it_counts
from daftar.rules.filing_decision import FilingFacts, PoolingRegion
from daftar.store.dialect import Connection
from daftar.store.keys import Key
from daftar.terms.jurisdictions import Jurisdiction

TYPE_OF_KIND = {"resident": "390", "compulsory": "310", "pensioner": "310", "self_employed": "310", "voluntary": "310"}
"""Insurance type where the source of a spell gave none: residents' scheme, else the employees' (domain-facts 2.11)."""


def path_in(tree: Tree, region: str) -> tuple[str, ...]:
    """Codes of a region and of those above it, the province first; empty for one that no province is known to hold."""
    path = tree.path(region)
    return tuple(place.code for place in path) if path and path[0].level == "province" else ()


def insurance_type_of(spells: Sequence[Spell], day: date) -> str:
    """The type of the spell that holds on a day, the one that began last; empty where none does."""
    holding = [spell for spell in spells if day in spell.period]
    return (holding[-1].insurance_type or TYPE_OF_KIND.get(holding[-1].kind, "")) if holding else ""


def insured_as(person: UUID, day: date) -> str:
    """Type of a person's insurance on a day (险种); empty where the registry knows none. Inside `atomic()`."""
    return insurance_type_of(spells_of(raw_connection(), Key(person)), day)


def insured_where(person: UUID) -> str:
    """Region of a person's insurance; empty where the registry knows none. Inside `atomic()`."""
    known = registered(raw_connection(), Key(person))
    return known.insured_region if known else ""


def facts_of(
    person: UUID,
    law: Jurisdiction,
    tree: Tree,
    destination: Sequence[str],
    starts: date,
    *,
    at: datetime,
    hold: bool = False,
) -> FilingFacts:
    """Everything that the decision asks of a person and a destination; inside `atomic()`.

    Who makes a filing holds the person's row: of two filings at once the second one sees the first.
    """
    conn, key = raw_connection(), Key(person)
    known = registered(conn, key, hold=hold)
    if known is None:
        return FilingFacts()
    spells = spells_of(conn, key)
    return FilingFacts(
        insured=path_in(tree, known.insured_region),
        insurance_type=insurance_type_of(spells, law.today(at)),
        died=known.died,
        enrolled=[spell.period for spell in spells],
        covered=covered_by(conn, key, law.insurer),
        filings=filed_by(conn, key),
        pooling=_pooling(conn, where_it_counts(destination, starts), tree, starts) if destination else (),
    )


def _pooling(conn: Connection, scope: Scope, tree: Tree, day: date) -> list[PoolingRegion]:
    """The pooling regions that a filing opens and that settle directly by its first day."""
    codes = {code for each in scope.opens for code in (tree.subtree(each.region) if each.below else [each.region])}
    found = pooling_open(conn, codes, day)
    return [PoolingRegion(path_in(tree, each.region), each.opened_on, each.insurance_types) for each in found]
