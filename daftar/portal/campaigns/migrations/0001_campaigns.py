"""Campaigns of messages (S2.14)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("notices", "0003_announcements"), ("people", "0003_reached")]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("jurisdiction", models.CharField(help_text="Whose insurer sends it: ir, cn, …", max_length=8)),
                (
                    "name",
                    models.CharField(help_text="What staff call it; nobody else sees it.", max_length=100),
                ),
                ("channel", models.CharField(help_text="sms or mail.", max_length=8)),
                (
                    "group",
                    models.CharField(
                        choices=[("providers", "Providers"), ("insured", "Insured"), ("staff", "Staff")],
                        help_text="providers, insured, staff.",
                        max_length=12,
                    ),
                ),
                (
                    "chosen",
                    models.JSONField(
                        help_text="Which of the group: type, ownership, province, checking, region, role."
                    ),
                ),
                ("subjects", models.JSONField(help_text="Subject of the mail by language; empty for SMS.")),
                ("texts", models.JSONField(help_text="Text by language: fa, zh, en.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sending", "Sending"),
                            ("stopped", "Stopped"),
                            ("done", "Done"),
                        ],
                        default="draft",
                        help_text="draft, sending, …",
                        max_length=8,
                    ),
                ),
                ("made_by", models.CharField(help_text="Account that wrote it.", max_length=64)),
                ("made_at", models.DateTimeField(help_text="When it was written.")),
                (
                    "confirmed_by",
                    models.CharField(blank=True, default="", help_text="Account that let it go.", max_length=64),
                ),
                ("confirmed_at", models.DateTimeField(help_text="When it was let go.", null=True)),
                ("counted", models.BigIntegerField(help_text="Receivers counted when it was let go.", null=True)),
                (
                    "stopped_by",
                    models.CharField(blank=True, default="", help_text="Account that stopped it.", max_length=64),
                ),
                ("ended_at", models.DateTimeField(help_text="When it was done or stopped.", null=True)),
                (
                    "mark",
                    models.JSONField(
                        default=list, help_text="The receiver up to whom messages have been put in the outbox."
                    ),
                ),
                ("put", models.BigIntegerField(default=0, help_text="Messages put in the outbox.")),
                (
                    "withdrawn",
                    models.BigIntegerField(default=0, help_text="Of them, taken out again when it was stopped."),
                ),
            ],
            options={"db_table": "campaign"},
        ),
        migrations.AddIndex(
            "campaign",
            models.Index(fields=["state"], condition=models.Q(state="sending"), name="campaign_sending"),
        ),
        migrations.AddConstraint(
            "campaign",
            models.CheckConstraint(
                name="campaign_confirmed_by_somebody",
                condition=models.Q(state="draft", confirmed_at=None)
                | ~models.Q(state="draft") & models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by=""),
            ),
        ),
        migrations.CreateModel(
            name="CampaignReceiver",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "campaign", "address_key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("campaign", models.BigIntegerField(help_text="The campaign.")),
                ("address_key", models.UUIDField(help_text="Blind index of the mobile or mail address.")),
            ],
            options={"db_table": "campaign_receiver"},
        ),
    ]
