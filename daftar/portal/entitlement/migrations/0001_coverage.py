from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Admission",
            fields=[
                ("inquiry", models.BigIntegerField(help_text="The inquiry's id.", primary_key=True, serialize=False)),
                ("organisation", models.CharField(help_text="The hospital.", max_length=32)),
                ("reference", models.CharField(help_text="The hospital's admission number.", max_length=64)),
                ("payer", models.CharField(help_text="Code of the insurer chosen.", max_length=32)),
                ("recorded_at", models.DateTimeField(help_text="When it was recorded.")),
            ],
            options={
                "db_table": "admission",
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "insurer", "starts", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="Person.")),
                ("insurer", models.CharField(help_text="Code of the insurer that covers.", max_length=32)),
                ("starts", models.DateField(help_text="First day.")),
                (
                    "ends",
                    models.DateField(
                        help_text="Last day; empty is open; the day before `starts`: no cover.", null=True
                    ),
                ),
                ("basis", models.CharField(help_text="On what the span rests: a kind, a relation, …", max_length=16)),
                ("reason", models.CharField(help_text="Reason while the span lasts.", max_length=40)),
                ("reason_after", models.CharField(help_text="Reason from the day after `ends` on.", max_length=40)),
                ("rule_version", models.CharField(help_text="Version of the law set that computed it.", max_length=32)),
            ],
            options={
                "db_table": "coverage",
            },
        ),
        migrations.CreateModel(
            name="CoveragePast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(db_index=True, help_text="Person.")),
                ("insurer", models.CharField(help_text="As in coverage.", max_length=32)),
                ("starts", models.DateField(help_text="As in coverage.")),
                ("ends", models.DateField(help_text="As in coverage.", null=True)),
                ("basis", models.CharField(help_text="As in coverage.", max_length=16)),
                ("reason", models.CharField(help_text="As in coverage.", max_length=40)),
                ("reason_after", models.CharField(help_text="As in coverage.", max_length=40)),
                ("rule_version", models.CharField(help_text="As in coverage.", max_length=32)),
                ("replaced_at", models.DateTimeField(help_text="When a rebuild replaced it.")),
            ],
            options={
                "db_table": "coverage_past",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "kind", "valid_from", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="Person whom the evidence is about.")),
                ("kind", models.CharField(help_text="study_certificate, birth_certificate_seen, …", max_length=24)),
                ("valid_from", models.DateField(help_text="First day that it proves.")),
                (
                    "valid_until",
                    models.DateField(help_text="Last day that it proves; empty: the law's own term.", null=True),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, default="", help_text="connector, counter, feed, or its own.", max_length=64
                    ),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office that saw it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When it was recorded.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "evidence",
            },
        ),
        migrations.CreateModel(
            name="OtherCover",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "insurer", "starts", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="Person.")),
                ("insurer", models.CharField(help_text="Code of the other insurer.", max_length=32)),
                ("starts", models.DateField(help_text="First day.")),
                ("ends", models.DateField(help_text="Last day; empty is open.", null=True)),
                ("sealed", models.BinaryField(help_text="Membership number, sealed.", null=True)),
                (
                    "office",
                    models.CharField(blank=True, default="", help_text="Office that reported it.", max_length=16),
                ),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "other_cover",
            },
        ),
        migrations.CreateModel(
            name="OwnEntitlementChallenge",
            fields=[
                (
                    "challenge",
                    models.UUIDField(
                        help_text="Random handle, known to the asker only.", primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="Person asked about.")),
                ("mobile_key", models.UUIDField(db_index=True, help_text="Mobile that the code went to.")),
                (
                    "applicant_key",
                    models.UUIDField(help_text="Whose mobile it is; empty: nobody may see the answer.", null=True),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True, default="", help_text="own, dependant, consent or proxy.", max_length=16
                    ),
                ),
                ("code_digest", models.BinaryField(help_text="Keyed digest of the code.")),
                ("language", models.CharField(help_text="Reader's language.", max_length=2)),
                ("created_at", models.DateTimeField(db_index=True, help_text="When it was sent.")),
                ("expires_at", models.DateTimeField(help_text="From then on it opens nothing.")),
                ("tries", models.SmallIntegerField(default=0, help_text="Wrong codes typed so far.")),
                ("used_at", models.DateTimeField(help_text="When it was answered.", null=True)),
            ],
            options={
                "db_table": "own_entitlement_challenge",
            },
        ),
        migrations.CreateModel(
            name="OwnEntitlementMismatch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "key", "network_digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField(help_text="Calendar day in the jurisdiction's zone.")),
                ("key", models.UUIDField(help_text="Person asked about, known or not.")),
                (
                    "network_digest",
                    models.UUIDField(help_text="Keyed digest of the network address; all zeros: the sum of all."),
                ),
                ("count", models.IntegerField(default=0, help_text="Mismatches so far.")),
            ],
            options={
                "db_table": "own_entitlement_mismatch",
            },
        ),
    ]
