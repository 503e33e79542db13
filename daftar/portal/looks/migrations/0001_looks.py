"""Looks that a court hides for a time, and looks that a person questions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Hiding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inquiry", models.BigIntegerField(db_index=True, help_text="The journal's id of the look.")),
                ("key", models.UUIDField(db_index=True, help_text="Key of the person, as in the journal.")),
                ("organisation", models.CharField(help_text="Organisation that looked and hides it.", max_length=32)),
                ("hidden_until", models.DateTimeField(help_text="It opens then, by itself.")),
                (
                    "wanted_until",
                    models.DateTimeField(
                        help_text="Longer than one person may decide: counts once a second one has confirmed it.",
                        null=True,
                    ),
                ),
                ("sealed", models.BinaryField(help_text="The reason, sealed.")),
                ("decided_by", models.CharField(help_text="Supervisor's account.", max_length=64)),
                ("decided_at", models.DateTimeField(help_text="When it was decided.")),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True, default="", help_text="The second supervisor's account.", max_length=64
                    ),
                ),
                ("confirmed_at", models.DateTimeField(help_text="When the second one confirmed.", null=True)),
            ],
            options={
                "db_table": "hiding",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", "")),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("wanted_until__isnull", False),
                                models.Q(("confirmed_by", ""), _negated=True),
                                models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hiding_second_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LookCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inquiry", models.BigIntegerField(help_text="The journal's id of the look.")),
                ("person_key", models.UUIDField(help_text="Who asks.")),
                (
                    "jurisdiction",
                    models.CharField(help_text="Jurisdiction of the person, whose staff answers.", max_length=8),
                ),
                ("question", models.BinaryField(help_text="What the person wrote, sealed.")),
                ("asked_at", models.DateTimeField(help_text="When it was asked.")),
                (
                    "answer",
                    models.BinaryField(
                        default=b"", help_text="What the insurer answered, sealed; empty while it is open."
                    ),
                ),
                (
                    "answered_by",
                    models.CharField(blank=True, default="", help_text="Account that answered.", max_length=64),
                ),
                ("answered_at", models.DateTimeField(db_index=True, help_text="When it was answered.", null=True)),
            ],
            options={
                "db_table": "look_case",
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "person_key"), name="look_case_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", "")),
                            models.Q(("answered_at__isnull", False), models.Q(("answered_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="look_case_answered",
                    ),
                ],
            },
        ),
    ]
