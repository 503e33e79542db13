"""Cases that were sent back are looked up in a place as pending and decided ones are, by when that was (S3.17)."""

from django.db import migrations, models
from django.db.models import Q

PLACES = ("jurisdiction", "province", "city", "region")

WHEN = """
UPDATE "case" SET sent_back_at = COALESCE(
    (SELECT MAX(at) FROM case_step WHERE case_step.case_id = "case".id AND act = 'send_back'), submitted_at)
WHERE state = 'sent_back'
"""


def index(level: str) -> models.Index:
    """Of one level."""
    fields = [level, "sent_back_at", "id", "kind", "state", "office"]
    return models.Index(fields=fields, condition=Q(sent_back_at__isnull=False), name=f"case_back_{level}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_decided_cases_of_places")]

    operations = [
        migrations.AddField(
            "case",
            "sent_back_at",
            models.DateTimeField(help_text="Since when it waits to be corrected; empty when it does not.", null=True),
        ),
        migrations.AlterField(
            "case",
            "reasons",
            models.CharField(
                blank=True,
                default="",
                help_text="Why it was sent back, decided or left to a reviewer: codes, spaces between.",
                max_length=400,
            ),
        ),
        migrations.RunSQL(WHEN, migrations.RunSQL.noop),
        *(migrations.AddIndex("case", index(level)) for level in PLACES),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="case_sent_back",
                condition=Q(sent_back_at__isnull=False, state="sent_back")
                | Q(sent_back_at=None) & ~Q(state="sent_back"),
            ),
        ),
    ]
