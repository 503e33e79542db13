"""Decided cases are looked up in a place as pending ones are: an index for each level of region (S3.17).

And a reviewer finds what they hold among a hundred thousand that wait.
"""

from django.db import migrations, models
from django.db.models import Q

PLACES = ("jurisdiction", "province", "city", "region")


def index(level: str) -> models.Index:
    """Of one level."""
    fields = [level, "decided_at", "id", "kind", "state", "office", "decided_by"]
    return models.Index(fields=fields, condition=Q(decided_at__isnull=False), name=f"case_decided_{level}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_steps_material_reviewers")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["claimed_by", "queued_at", "id"], condition=Q(claimed_at__isnull=False), name="case_held"
            ),
        ),
        migrations.RemoveIndex("case", "case_decided"),
        *(migrations.AddIndex("case", index(level)) for level in PLACES),
    ]
