"""Files of inquiries in parts, and answers kept for some hours (S1.7, S1.29)."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("affiliation", "0002_months"),
    ]

    operations = [
        migrations.CreateModel(
            name="InquiryFilePart",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "file", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file", models.UUIDField(help_text="The file.")),
                ("number", models.IntegerField(help_text="0, 1, 2, … in the order of the file.")),
                (
                    "first_line",
                    models.IntegerField(help_text="Number of its first line in the file; the heading is line 1."),
                ),
                (
                    "asked",
                    models.BinaryField(
                        help_text="The lines as sent, compressed and sealed; gone once answered.", null=True
                    ),
                ),
                ("answered", models.BinaryField(help_text="The lines answered, compressed and sealed.", null=True)),
            ],
            options={
                "db_table": "inquiry_file_part",
            },
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "inquiry",
                    models.BigIntegerField(help_text="The inquiry that it answers.", primary_key=True, serialize=False),
                ),
                ("account", models.CharField(help_text="Account that asked.", max_length=64)),
                ("sealed", models.BinaryField(help_text="The answer, sealed.")),
                ("until", models.DateTimeField(db_index=True, help_text="From then on it is forgotten.")),
            ],
            options={
                "db_table": "kept_answer",
            },
        ),
        migrations.CreateModel(
            name="InquiryFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="Random, so it can stand in an address.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation", models.CharField(help_text="Organisation that sent it.", max_length=32)),
                ("kind", models.CharField(help_text="Kind of that organisation then: its columns.", max_length=16)),
                ("account", models.CharField(help_text="Account that sent it.", max_length=64)),
                ("jurisdiction", models.CharField(help_text="Whose identifiers and days its lines are.", max_length=8)),
                ("language", models.CharField(help_text="Language of its answers.", max_length=2)),
                (
                    "reference_number",
                    models.CharField(blank=True, default="", help_text="Letter of the inquiry.", max_length=64),
                ),
                ("reference_date", models.DateField(help_text="Date of that letter.", null=True)),
                (
                    "heading",
                    models.CharField(help_text="Separator and columns of its lines, each on a line.", max_length=200),
                ),
                ("lines", models.IntegerField(help_text="Lines to answer.")),
                ("done", models.IntegerField(default=0, help_text="Lines answered so far.")),
                ("problems", models.IntegerField(default=0, help_text="Lines among them that could not be read.")),
                ("outcomes", models.JSONField(default=dict, help_text="How many lines came to which outcome.")),
                (
                    "state",
                    models.CharField(
                        default="waiting", help_text="waiting, answering, answered, refused, forgotten.", max_length=12
                    ),
                ),
                (
                    "problem",
                    models.CharField(blank=True, default="", help_text="Why the rest was refused.", max_length=40),
                ),
                ("sent_at", models.DateTimeField(db_index=True, help_text="When it was sent.")),
                (
                    "finished_at",
                    models.DateTimeField(help_text="When its last line was answered, or it was refused.", null=True),
                ),
                ("fetched_at", models.DateTimeField(help_text="When its answers were last fetched.", null=True)),
            ],
            options={
                "db_table": "inquiry_file",
                "indexes": [
                    models.Index(fields=["organisation", "sent_at"], name="inquiry_file_organisation"),
                    models.Index(fields=["state", "sent_at"], name="inquiry_file_state"),
                ],
            },
        ),
    ]
