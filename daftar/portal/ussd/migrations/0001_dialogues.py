from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="UssdAnswer",
            fields=[
                (
                    "inquiry",
                    models.BigIntegerField(help_text="The inquiry's id.", primary_key=True, serialize=False),
                ),
                ("caller", models.UUIDField(help_text="Blind index of the number that asked.")),
                ("told_at", models.DateTimeField(help_text="When it was answered.")),
            ],
            options={
                "db_table": "ussd_answer",
                "indexes": [
                    models.Index(fields=["caller", "told_at"], name="ussd_answer_caller"),
                    models.Index(fields=["told_at"], name="ussd_answer_told"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UssdDialogue",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        help_text="Keyed digest of the gateway and its name for it.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "caller",
                    models.UUIDField(
                        help_text="Blind index of the number that called; wiped with the rest.", null=True
                    ),
                ),
                ("began_at", models.DateTimeField(help_text="When the number dialled.")),
                ("touched_at", models.DateTimeField(help_text="When its last word came.")),
                ("turns", models.SmallIntegerField(default=0, help_text="Answers taken so far.")),
                (
                    "ended",
                    models.BooleanField(default=False, help_text="Whether the last screen asked for nothing more."),
                ),
                (
                    "sealed",
                    models.BinaryField(help_text="Where in the menu it is and what it last showed, sealed.", null=True),
                ),
            ],
            options={
                "db_table": "ussd_dialogue",
                "indexes": [
                    models.Index(fields=["caller", "began_at"], name="ussd_dialogue_caller"),
                    models.Index(
                        condition=models.Q(("sealed__isnull", False)), fields=["touched_at"], name="ussd_dialogue_open"
                    ),
                    models.Index(fields=["began_at"], name="ussd_dialogue_began"),
                ],
            },
        ),
    ]
