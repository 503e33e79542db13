"""Asking a registry at the counter, and what to do next where a registry decides (S2.13)."""

from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.feeds.connectors.asking import Journal, begin, finish, outcome_of
from daftar.feeds.connectors.http_registry import HttpRegistry
from daftar.feeds.connectors.port import Registry
from daftar.feeds.connectors.registries import CONNECTORS, Connector, decides, is_asked
from daftar.portal.affiliation.models import Dependency
from daftar.portal.journal.services import TRACKING, WRITER, raw_connection
from daftar.portal.theme.forms import say
from daftar.store.keys import Key
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import EvidenceKind, Reason

TOO_SOON, RESTING = "too_soon", "resting"


@cache
def registries() -> dict[EvidenceKind, Registry]:
    """The registries that have an address, one client each in a process: its breaker remembers."""
    return {kind: HttpRegistry(kind, to.url, to.token) for kind, to in settings.REGISTRIES.items()}


def connectors_for(person: UUID, jurisdiction: str, today: date) -> list[Connector]:
    """The connectors that could confirm something about a person and are asked today: they have an address, too."""
    relations = set(Dependency.objects.filter(key=person, withdrawn=False).values_list("relation", flat=True))
    return [
        each
        for each in CONNECTORS.values()
        if each.jurisdiction == jurisdiction
        and each.relation in relations
        and each.kind in registries()
        and is_asked(each, today)
    ]


def kinds_decided(jurisdiction: str, today: date) -> list[EvidenceKind]:
    """Kinds of evidence of which paper counts no longer."""
    return [kind for kind in EvidenceKind if decides(kind, jurisdiction, today)]


def registry_ask(connector: Connector, person: Key, *, by: str, office: str, at: datetime) -> str:
    """Ask a registry now: confirmed, not_found, too_soon, resting, or why it did not answer.

    Call it outside of transactions. `by` is the account's name. The number leaves only after the question is on
    record (X.5), and a registry that is left alone is not asked: nothing is put down then.
    """
    registry = registries()[connector.kind]
    if not registry.ready(at):
        return RESTING
    journal = Journal(WRITER, TRACKING, account=by, office=office)
    day = jurisdictions()[connector.jurisdiction].today(at)
    with transaction.atomic():
        questions = begin(raw_connection(), settings.SECRETS, connector, [person], day=day, at=at, by=journal)
    if not questions:
        registry.unasked(at)
        return TOO_SOON
    finding = registry.ask(questions[0], at=at)
    with transaction.atomic():
        finish(raw_connection(), connector, [(questions[0], finding)], at=at, by=journal)
    return outcome_of(finding)


def next_step(reason: Reason, jurisdiction: str, day: date) -> str:
    """What a person does next, in the reader's language: another thing where paper counts no longer."""
    hotline = jurisdictions()[jurisdiction].hotline
    for each in CONNECTORS.values():
        if each.missing is reason and decides(each.kind, jurisdiction, day):
            return say(f"next_by_registry.{reason}", hotline=hotline)
    return say(f"next.{reason}", hotline=hotline)
