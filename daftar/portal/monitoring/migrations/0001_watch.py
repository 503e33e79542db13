from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AlertCall",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("body", models.TextField(help_text="JSON as it is posted.")),
                ("created_at", models.DateTimeField(help_text="When it was left here.")),
                ("tries", models.SmallIntegerField(default=0, help_text="Times it was posted.")),
                ("next_try_at", models.DateTimeField(help_text="Not before this; empty is at once.", null=True)),
                ("sent_at", models.DateTimeField(help_text="When it was taken.", null=True)),
            ],
            options={
                "db_table": "alert_call",
            },
        ),
        migrations.CreateModel(
            name="AlertPending",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "rule", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule", models.CharField(help_text="As in `alert`.", max_length=32)),
                ("subject", models.CharField(blank=True, default="", help_text="As in `alert`.", max_length=32)),
                ("since", models.DateTimeField(help_text="When it was crossed.")),
            ],
            options={
                "db_table": "alert_pending",
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "name",
                    models.CharField(
                        help_text="tally, probe, alerts, forgetting.", max_length=16, primary_key=True, serialize=False
                    ),
                ),
                ("due_at", models.DateTimeField(help_text="Not before this.")),
            ],
            options={
                "db_table": "watch_duty",
            },
        ),
        migrations.CreateModel(
            name="InquiryMinute",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "minute",
                        "jurisdiction",
                        "channel",
                        "mode",
                        "outcome",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("minute", models.DateTimeField(help_text="Beginning of the minute.")),
                (
                    "jurisdiction",
                    models.CharField(help_text="Jurisdiction; empty where nothing says which.", max_length=8),
                ),
                ("channel", models.CharField(help_text="web, api, app, sms, ussd, fhir, file, counter.", max_length=8)),
                ("mode", models.CharField(help_text="As in `inquiry_tally`.", max_length=16)),
                ("outcome", models.CharField(help_text="As in `inquiry_tally`.", max_length=24)),
                ("asked", models.BigIntegerField(help_text="Rows of the journal.")),
            ],
            options={
                "db_table": "inquiry_minute",
            },
        ),
        migrations.CreateModel(
            name="ProbeDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "channel", "jurisdiction", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("channel", models.CharField(help_text="web, api, app, sms, ussd, fhir, file, counter.", max_length=8)),
                ("jurisdiction", models.CharField(help_text="Whose calendar day.", max_length=8)),
                ("day", models.DateField(help_text="The day.")),
                ("asked", models.IntegerField(help_text="Questions of the probe.")),
                ("failed", models.IntegerField(help_text="Without the known answer.")),
            ],
            options={
                "db_table": "probe_day",
            },
        ),
        migrations.CreateModel(
            name="ProbeResult",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "channel", "asked_at", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("channel", models.CharField(help_text="web, api, app, sms, ussd, fhir, file, counter.", max_length=8)),
                ("asked_at", models.DateTimeField(help_text="When the probe asked.")),
                ("working", models.BooleanField(help_text="Whether the known answer came.")),
                ("milliseconds", models.IntegerField(help_text="How long it took.")),
                (
                    "problem",
                    models.CharField(
                        blank=True, default="", help_text="What was wrong, as a word of ours.", max_length=24
                    ),
                ),
            ],
            options={
                "db_table": "probe_result",
            },
        ),
        migrations.CreateModel(
            name="TallyReading",
            fields=[
                ("writer", models.SmallIntegerField(help_text="Whose rows.", primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField(help_text="Sequence of the last row counted.")),
            ],
            options={
                "db_table": "tally_reading",
            },
        ),
        migrations.CreateModel(
            name="TrafficMinute",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "minute", "door", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("minute", models.DateTimeField(help_text="Beginning of the minute.")),
                ("door", models.CharField(help_text="web, app, api, sms, ussd, fhir.", max_length=8)),
                ("requests", models.BigIntegerField(help_text="Answered in any way.")),
                ("refused", models.BigIntegerField(help_text="Refused with 4xx.")),
                ("failed", models.BigIntegerField(help_text="Failed with 5xx.")),
                ("le_10", models.BigIntegerField(help_text="Took at most 10 ms.")),
                ("le_25", models.BigIntegerField(help_text="Longer, at most 25 ms.")),
                ("le_50", models.BigIntegerField(help_text="Longer, at most 50 ms.")),
                ("le_100", models.BigIntegerField(help_text="Longer, at most 100 ms.")),
                ("le_250", models.BigIntegerField(help_text="Longer, at most 250 ms.")),
                ("le_500", models.BigIntegerField(help_text="Longer, at most 500 ms.")),
                ("le_1000", models.BigIntegerField(help_text="Longer, at most 1 s.")),
                ("le_2000", models.BigIntegerField(help_text="Longer, at most 2 s.")),
                ("longer", models.BigIntegerField(help_text="Took longer than 2 s.")),
            ],
            options={
                "db_table": "traffic_minute",
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rule", models.CharField(help_text="Name of the rule in the table of thresholds.", max_length=32)),
                (
                    "subject",
                    models.CharField(blank=True, default="", help_text="Channel or office it is about.", max_length=32),
                ),
                ("value", models.FloatField(help_text="What was measured last.")),
                ("raised_at", models.DateTimeField(help_text="When it was first told.")),
                ("told_at", models.DateTimeField(help_text="When it was last told.")),
                ("resolved_at", models.DateTimeField(help_text="When it was over; empty: it lasts.", null=True)),
            ],
            options={
                "db_table": "alert",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("resolved_at", None)), fields=("rule", "subject"), name="alert_lasts_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InquiryTally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scope",
                        "place",
                        "day",
                        "channel",
                        "mode",
                        "outcome",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("jurisdiction", "Jurisdiction"),
                            ("province", "Province"),
                            ("office", "Office"),
                            ("organisation", "Organisation"),
                        ],
                        help_text="jurisdiction, province, office, organisation.",
                        max_length=12,
                    ),
                ),
                (
                    "place",
                    models.CharField(help_text="Code within the scope; empty where there is none.", max_length=32),
                ),
                ("day", models.DateField(help_text="Calendar day in the jurisdiction of who asked.")),
                ("channel", models.CharField(help_text="web, api, app, sms, ussd, fhir, file, counter.", max_length=8)),
                (
                    "mode",
                    models.CharField(
                        help_text="general, specific, affiliation, or another kind of disclosure.", max_length=16
                    ),
                ),
                ("outcome", models.CharField(help_text="covered, not_covered, …", max_length=24)),
                ("asked", models.BigIntegerField(help_text="Rows of the journal.")),
            ],
            options={
                "db_table": "inquiry_tally",
                "indexes": [models.Index(fields=["scope", "day", "place"], name="inquiry_tally_day")],
            },
        ),
    ]
