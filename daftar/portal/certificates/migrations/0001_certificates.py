from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CertificateAttempt",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "asker", "hour", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("asker", models.CharField(help_text="Channel and account or client.", max_length=80)),
                ("hour", models.DateTimeField(help_text="Beginning of the hour, UTC.")),
                ("count", models.IntegerField(default=0, help_text="Attempts so far.")),
            ],
            options={
                "db_table": "certificate_attempt",
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "number",
                    models.CharField(
                        help_text="Twenty random digits.", max_length=20, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(db_index=True, help_text="The owner, whom it is about.")),
                ("account", models.CharField(help_text="Account that asked for it.", max_length=64)),
                ("jurisdiction", models.CharField(help_text="Whose calendar and words it has.", max_length=8)),
                ("organisation", models.CharField(help_text="Code of the addressee.", max_length=32)),
                ("organisation_name", models.CharField(help_text="Name of the addressee as printed.", max_length=200)),
                ("sealed", models.BinaryField(help_text="Answer, applicant and salt, sealed.")),
                ("sealed_code", models.BinaryField(help_text="Access code, sealed: for the owner's eyes.")),
                ("token", models.TextField(help_text="What the QR holds: compact ES256 JWS.")),
                ("issued_at", models.DateTimeField(help_text="When it was issued.")),
                ("valid_until", models.DateField(help_text="Last day on which it opens.")),
                ("opened_at", models.DateTimeField(help_text="When the addressee first opened it.", null=True)),
                ("revoked_at", models.DateTimeField(help_text="When its owner took it back.", null=True)),
                (
                    "wrong_codes",
                    models.SmallIntegerField(default=0, help_text="Wrong codes of the addressee since it last opened."),
                ),
                ("locked_at", models.DateTimeField(help_text="When five wrong codes locked it.", null=True)),
            ],
            options={
                "db_table": "certificate",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wrong_codes__range", (0, 5))), name="certificate_codes_counted"
                    )
                ],
            },
        ),
    ]
