import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]

    operations = [
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "act",
                    models.CharField(
                        help_text="begin, save, submit, claim, release, confirm, approve …", max_length=10
                    ),
                ),
                ("state", models.CharField(help_text="State that it led to.", max_length=10)),
                ("by", models.CharField(help_text="Account that did it, or `rules`.", max_length=64)),
                ("office", models.CharField(blank=True, default="", help_text="Office of staff.", max_length=16)),
                ("at", models.DateTimeField(help_text="When.")),
                (
                    "reasons",
                    models.CharField(blank=True, default="", help_text="Why: codes, spaces between.", max_length=400),
                ),
                (
                    "sealed_note",
                    models.BinaryField(default=b"", help_text="What the reviewer wrote to the applicant, sealed."),
                ),
                (
                    "case",
                    models.ForeignKey(
                        help_text="The case.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "db_table": "case_step",
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="Random; bound into the seals.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        blank=True, default="", help_text="Which material of the procedure it is.", max_length=32
                    ),
                ),
                ("media_type", models.CharField(help_text="application/pdf, image/jpeg, image/png.", max_length=32)),
                ("size", models.IntegerField(help_text="Bytes in clear.")),
                ("pages", models.SmallIntegerField(default=1, help_text="Pages; 1 for a picture.")),
                ("fingerprint", models.UUIDField(help_text="Keyed, of what was uploaded: a double upload is one.")),
                ("by", models.CharField(help_text="Account that added it.", max_length=64)),
                ("at", models.DateTimeField(help_text="When.")),
                ("removed_at", models.DateTimeField(help_text="When the applicant took it out again.", null=True)),
                ("sealed_name", models.BinaryField(help_text="Name of the file, sealed.")),
                ("content", models.BinaryField(help_text="The file, sealed.")),
                (
                    "case",
                    models.ForeignKey(
                        help_text="The case.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "db_table": "material",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("case", "fingerprint", "what"),
                        name="material_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                (
                    "account",
                    models.BigIntegerField(help_text="The reviewer's account.", primary_key=True, serialize=False),
                ),
                ("key", models.UUIDField(help_text="The person behind it; one account a person.", unique=True)),
                (
                    "recorded_by",
                    models.CharField(help_text="Account that recorded it; never the reviewer's own.", max_length=64),
                ),
                ("recorded_at", models.DateTimeField(help_text="When.")),
            ],
            options={
                "db_table": "reviewer",
            },
        ),
    ]
