from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0001_settlement"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quiz",
            fields=[
                ("key", models.UUIDField(help_text="Person who is asked.", primary_key=True, serialize=False)),
                ("draw", models.UUIDField(help_text="Random name of the questions that stand open.", null=True)),
                (
                    "choices",
                    models.TextField(default="[]", help_text="JSON: codes of the hospitals in the order shown."),
                ),
                ("expires_at", models.DateTimeField(help_text="The open questions are taken until then.", null=True)),
                (
                    "given",
                    models.BinaryField(help_text="Keyed digest of the answers that were judged last.", null=True),
                ),
                (
                    "given_twice",
                    models.BooleanField(default=False, help_text="They came once more: a double click, not judged."),
                ),
                (
                    "locked_until",
                    models.DateTimeField(help_text="24 hours after the third wrong one of a day.", null=True),
                ),
                (
                    "closed_at",
                    models.DateTimeField(help_text="When the ninth within thirty days was wrong.", null=True),
                ),
                (
                    "day_counts_after",
                    models.BigIntegerField(default=0, help_text="Attempt that locked; later ones count for a day."),
                ),
                (
                    "counts_after",
                    models.BigIntegerField(default=0, help_text="Last attempt before an office reopened it."),
                ),
                ("passed_at", models.DateTimeField(help_text="When the answers were right.", null=True)),
                ("account", models.BigIntegerField(help_text="Account that passed.", null=True)),
                (
                    "stamp",
                    models.BinaryField(
                        help_text="Stamp of its credentials then; with another one it has not.", null=True
                    ),
                ),
            ],
            options={
                "db_table": "quiz",
            },
        ),
        migrations.CreateModel(
            name="QuizClock",
            fields=[
                ("id", models.SmallIntegerField(help_text="1; there is one row.", primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField(help_text="It only goes forward.")),
            ],
            options={
                "db_table": "quiz_clock",
            },
        ),
        migrations.CreateModel(
            name="QuizDecoy",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "institution", "decoy", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="Person who is asked.")),
                (
                    "institution",
                    models.CharField(help_text="Hospital of the stay that the list was made for.", max_length=32),
                ),
                ("decoy", models.CharField(help_text="Code of the other hospital.", max_length=32)),
            ],
            options={
                "db_table": "quiz_decoy",
            },
        ),
        migrations.CreateModel(
            name="QuizAttempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(help_text="Person who was asked.")),
                ("at", models.DateTimeField(help_text="When, by the clock of the quiz.")),
                ("day", models.DateField(help_text="The calendar day of that, in the insurer's time zone.")),
                ("wrong", models.BooleanField(help_text="Whether something differed from the data.")),
            ],
            options={
                "db_table": "quiz_attempt",
                "indexes": [models.Index(fields=["key", "at"], name="quiz_attempt_key")],
            },
        ),
    ]
