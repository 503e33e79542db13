"""What the portal tells everybody, and which messages belong to a campaign (S2.14)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_choice")]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("jurisdiction", models.CharField(help_text="Whose insurer says it: ir, cn, …", max_length=8)),
                (
                    "tone",
                    models.CharField(
                        choices=[("note", "Note"), ("warning", "Warning")], help_text="note or warning.", max_length=8
                    ),
                ),
                ("titles", models.JSONField(help_text="Title by language: fa, zh, en.")),
                ("texts", models.JSONField(help_text="Text by language.")),
                ("starts_at", models.DateTimeField(help_text="Shown from then on.")),
                (
                    "ends_at",
                    models.DateTimeField(
                        help_text="Not shown any more from then on; empty: until it is ended.", null=True
                    ),
                ),
                ("made_by", models.CharField(help_text="Account that published it.", max_length=64)),
                ("made_at", models.DateTimeField(help_text="When it was published.")),
            ],
            options={"db_table": "announcement"},
        ),
        migrations.AddConstraint(
            "announcement",
            models.CheckConstraint(
                name="announcement_ends_after_it_starts",
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
            ),
        ),
        migrations.AddField(
            "outboxmessage",
            "campaign",
            models.BigIntegerField(help_text="Campaign it belongs to; empty: it concerns one person.", null=True),
        ),
        migrations.AddIndex(
            "outboxmessage",
            models.Index(
                fields=["campaign"], condition=models.Q(campaign__isnull=False), name="outbox_message_of_campaign"
            ),
        ),
        migrations.AddIndex(
            "outboxmessage",
            models.Index(
                fields=["channel", "campaign"],
                condition=models.Q(campaign__isnull=False, sent_at=None),
                name="outbox_message_campaign_waits",
            ),
        ),
    ]
