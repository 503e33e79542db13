"""Material of a case: put in and taken out by its applicant, read by them and by reviewers, each time on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daftar.portal.accounts.models import Account
from daftar.portal.cases.materials.keeping import Kept
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.powers import sees
from daftar.portal.cases.review_services import reviewable, reviewer
from daftar.portal.cases.services import TO_BE_WRITTEN, own_case
from daftar.portal.cases.stepping import CaseNotDone, citizen, record
from daftar.terms.cases import NotDone

MOST_MATERIALS = 20


@transaction.atomic
def material_add(*, case: int, what: str, kept: Kept, by: Account, at: datetime) -> Material:
    """Put a checked and sealed file into a case that is still written; twice the same is one. Raises CaseNotDone."""
    found = _written(case, by, at)
    there = found.materials.filter(removed_at=None).defer("content")
    same = there.filter(fingerprint=kept.fingerprint, what=what).first()
    if same:
        return same
    if there.count() >= MOST_MATERIALS:
        raise CaseNotDone(NotDone.TOO_MANY_MATERIALS)
    made = Material.objects.create(
        id=kept.id,
        case=found,
        what=what,
        media_type=kept.media_type,
        size=kept.size,
        pages=kept.pages,
        fingerprint=kept.fingerprint,
        by=by.user,
        at=at,
        sealed_name=kept.sealed_name,
        content=kept.content,
    )
    record(found, "material_added", by=citizen(by), at=at)
    return made


@transaction.atomic
def material_remove(*, case: int, material: UUID, by: Account, at: datetime) -> bool:
    """Take a file out again: gone when no reviewer can have seen it, kept as removed otherwise. Raises CaseNotDone."""
    found = _written(case, by, at)
    rows = Material.objects.filter(case=found, pk=material, removed_at=None)
    done = rows.delete()[0] if found.submitted_at is None else rows.update(removed_at=at)
    if done:
        record(found, "material_removed", by=citizen(by), at=at)
    return bool(done)


@transaction.atomic
def material_open(*, case: int, material: UUID, by: Account, at: datetime) -> Material:
    """A file for the eyes of who wrote the case or whom it is for. Raises CaseNotDone, Material.DoesNotExist."""
    found = Case.objects.get(pk=case)
    if not sees(found, by.person_key):
        raise CaseNotDone(NotDone.NOT_YOURS)
    shown = found.materials.get(pk=material)
    record(found, "shown", by=citizen(by), at=at, shown="material")
    return shown


@transaction.atomic
def material_read(*, case: int, material: UUID, by: Account, at: datetime) -> Material:
    """A file for a reviewer's eyes, removed ones too. Raises CaseNotDone, Material.DoesNotExist."""
    found = reviewable(case, by)
    shown = found.materials.get(pk=material)
    record(found, "shown", by=reviewer(by), at=at, shown="material")
    return shown


def _written(case: int, by: Account, at: datetime) -> Case:
    found = own_case(case, by, at)
    if found.state not in TO_BE_WRITTEN:
        raise CaseNotDone(NotDone.NOT_IN_THIS_STATE)
    return found
