"""Consents of adult dependants: until one ends, the main insured may ask about the entitlement (S2.8)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entitlement", "0005_past_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="DependantConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(help_text="The dependant.")),
                ("main_key", models.UUIDField(help_text="The main insured.")),
                (
                    "given_on",
                    models.DateField(
                        help_text="Day where the dependant is insured; it holds for the dependency of that day."
                    ),
                ),
                ("given_at", models.DateTimeField(help_text="When it was recorded.")),
                ("given_by", models.CharField(help_text="Account that saw the dependant.", max_length=64)),
                (
                    "office",
                    models.CharField(blank=True, default="", help_text="Office of that account.", max_length=16),
                ),
                (
                    "ended_at",
                    models.DateTimeField(help_text="When the dependant ended it; empty: it stands.", null=True),
                ),
                (
                    "ended_by",
                    models.CharField(blank=True, default="", help_text="Account that recorded the end.", max_length=64),
                ),
            ],
            options={
                "db_table": "dependant_consent",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("key", "main_key"), name="consent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="consent_ended_by_whom",
                    ),
                ],
            },
        ),
    ]
