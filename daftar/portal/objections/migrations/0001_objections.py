import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0003_decided_cases_of_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        help_text="The case.",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                (
                    "inquiry",
                    models.BigIntegerField(db_index=True, help_text="The answer: id of its row in the journal."),
                ),
                ("channel", models.CharField(help_text="Channel by which it came: web, app, ussd, …", max_length=8)),
                ("language", models.CharField(help_text="Language in which the person is told of it.", max_length=2)),
                (
                    "due_on",
                    models.DateField(help_text="Day by which it is to be answered, by the law of the day it came."),
                ),
                (
                    "answer_reason",
                    models.CharField(help_text="Reason of the answer, as the journal has it.", max_length=40),
                ),
                (
                    "taken_by",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Account of the operator who took it down; empty: the person.",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "db_table": "objection",
                "indexes": [models.Index(fields=["due_on", "case"], name="objection_due")],
            },
        ),
    ]
