"""Looks at a person, as others leave them in the journal."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.terms.outcomes import NAMED_BESIDE, Channel, Ground
from tests.portal import world
from tests.portal.officials import COURT


def looked(key: UUID, *, ago: timedelta = timedelta(hours=1), **changes: Any) -> str:
    """A court's inquiry about somebody, unless it is said otherwise; its tracking code."""
    made: dict[str, Any] = {
        "channel": Channel.WEB,
        "mode": "affiliation",
        "key": key,
        "outcome": "active",
        "reason": "active_main",
        "ground": Ground.AGREEMENT,
        "shown": "outcome given_name family_name residence_address",
        "organisation": COURT,
        "account": "court",
        "purpose": "affiliation",
        "reference": "1405/77 2026-11-20",
    }
    with transaction.atomic():
        (code,) = looks_record([Entry(**(made | changes))], at=datetime.now(UTC) - ago)
    return code


def by_hospital(key: UUID, **changes: Any) -> str:
    """A hospital's question."""
    general: dict[str, Any] = {
        "mode": "general",
        "outcome": "covered",
        "reason": "contribution_paid",
        "shown": "status tracking_code",
        "organisation": world.HOSPITAL,
        "account": "hospital",
        "purpose": "eligibility",
        "reference": None,
    }
    return looked(key, **(general | changes))


def named_beside(key: UUID, **changes: Any) -> str:
    """A court was told of a main insured in an answer about a dependant."""
    named: dict[str, Any] = {
        "mode": NAMED_BESIDE,
        "outcome": "shown",
        "reason": NAMED_BESIDE,
        "shown": "given_name family_name insurance_number residence_address phone workshop_name",
    }
    return looked(key, **(named | changes))
