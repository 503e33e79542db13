"""Counting readers: exact however many read at once, and nothing kept of who they are (S4.27)."""

from django.db import transaction
from django.db.models import F

from daftar.portal.guides.models import GuideReads


@transaction.atomic
def guide_read(name: str) -> int:
    """Count one more reader of a guide; the count with them in it."""
    row = GuideReads.objects.filter(guide=name)
    if not row.update(reads=F("reads") + 1):  # the row stays locked until the commit
        GuideReads.objects.bulk_create([GuideReads(guide=name)], ignore_conflicts=True)  # two may be first
        row.update(reads=F("reads") + 1)
    return row.get().reads
