from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Idempotency",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "client", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("client", models.CharField(help_text="Client that sent it.", max_length=64)),
                ("digest", models.UUIDField(help_text="Digest of the header's value.")),
                ("body_digest", models.UUIDField(help_text="Digest of the body: another body is refused.")),
                ("inquiry", models.BigIntegerField(help_text="The inquiry that was answered.")),
                ("created_at", models.DateTimeField(db_index=True, help_text="When it came first.")),
            ],
            options={
                "db_table": "idempotency",
            },
        ),
        migrations.CreateModel(
            name="Writer",
            fields=[
                (
                    "number",
                    models.SmallIntegerField(
                        help_text="0-999, part of every id it writes.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "shared",
                    models.BooleanField(default=False, help_text="Shared under a row lock, or leased by one session."),
                ),
                (
                    "next_sequence",
                    models.BigIntegerField(default=0, help_text="Next free sequence of a shared writer."),
                ),
            ],
            options={
                "db_table": "writer",
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        help_text="Writer and sequence; the tracking code permutes it.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("asked_at", models.DateTimeField(help_text="When the answer was made.")),
                ("channel", models.CharField(help_text="web, api, app, sms, ussd, fhir, file, counter.", max_length=8)),
                ("mode", models.CharField(help_text="general, specific, …", max_length=16)),
                ("organisation", models.CharField(help_text="Organisation that asked.", max_length=32, null=True)),
                ("account", models.CharField(help_text="Account or client that asked.", max_length=64, null=True)),
                (
                    "acting_for",
                    models.UUIDField(help_text="Principal's key when somebody asks for another.", null=True),
                ),
                ("office", models.CharField(help_text="Office that asked.", max_length=16, null=True)),
                ("key", models.UUIDField(db_index=True, help_text="Person asked about, known or not.")),
                ("service_day", models.DateField(help_text="Day that was asked about.", null=True)),
                ("period_from", models.DateField(help_text="First day of the period asked about.", null=True)),
                ("period_to", models.DateField(help_text="Last day of the period asked about.", null=True)),
                ("setting", models.CharField(help_text="outpatient or inpatient.", max_length=12, null=True)),
                ("outcome", models.CharField(help_text="covered, not_covered, …", max_length=24)),
                ("reason", models.CharField(help_text="Why; kept also where it was not told (S2.17).", max_length=40)),
                (
                    "valid_until",
                    models.DateField(help_text="Last day of cover known then; empty is open or none.", null=True),
                ),
                (
                    "payers",
                    models.CharField(
                        help_text="Insurers in order, for inpatient care (S2.5).", max_length=400, null=True
                    ),
                ),
                ("rule_version", models.CharField(help_text="Law set.", max_length=32)),
                ("ground", models.CharField(help_text="agreement, consent, proxy, own, duty.", max_length=16)),
                ("purpose", models.CharField(help_text="What it was asked for.", max_length=64, null=True)),
                (
                    "reference",
                    models.CharField(help_text="The asker's letter or case number.", max_length=128, null=True),
                ),
                ("shown", models.CharField(help_text="Fields told, space-separated.", max_length=400)),
                ("hidden_until", models.DateTimeField(help_text="A sealed judicial look opens then.", null=True)),
                ("hidden_reason", models.CharField(help_text="Why it is sealed.", max_length=200, null=True)),
            ],
            options={
                "db_table": "inquiry",
                "indexes": [models.Index(fields=["organisation", "asked_at"], name="inquiry_organisation")],
            },
        ),
    ]
