from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AccessChange",
            fields=[
                ("id", models.SmallIntegerField(help_text="Always 1.", primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0, help_text="Raised by one with each change.")),
            ],
            options={
                "db_table": "access_change",
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organisation", models.CharField(help_text="Organisation code.", max_length=32)),
                ("number", models.CharField(help_text="Number of the agreement.", max_length=64)),
                ("starts", models.DateField(help_text="First day.")),
                ("ends", models.DateField(help_text="Last day; empty is open.", null=True)),
                (
                    "purposes",
                    models.CharField(blank=True, default="", help_text="Space-separated purposes.", max_length=200),
                ),
                ("daily_quota", models.IntegerField(help_text="Inquiries a day; empty is no limit.", null=True)),
                ("office", models.CharField(blank=True, default="", help_text="Office that keeps it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "agreement",
            },
        ),
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                (
                    "client_id",
                    models.CharField(
                        help_text="Public name of the client.", max_length=64, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, default="", help_text="Empty: the insurer itself.", max_length=32),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True, default="", help_text="Office a feed client speaks for.", max_length=16
                    ),
                ),
                (
                    "scopes",
                    models.CharField(help_text="Space-separated: eligibility, feeds:persons, …", max_length=300),
                ),
                (
                    "secret_digest",
                    models.BinaryField(help_text="Keyed digest of the secret, which has 32 random bytes.", null=True),
                ),
                ("jwks", models.TextField(blank=True, default="", help_text="Public keys for private_key_jwt.")),
                ("enabled", models.BooleanField(default=True, help_text="Switched off at once when false.")),
                ("created_at", models.DateTimeField(help_text="When it was made.")),
            ],
            options={
                "db_table": "api_client",
            },
        ),
        migrations.CreateModel(
            name="ClientAssertion",
            fields=[
                ("digest", models.UUIDField(help_text="Digest of client and jti.", primary_key=True, serialize=False)),
                ("expires_at", models.DateTimeField(db_index=True, help_text="After this the row may be deleted.")),
            ],
            options={
                "db_table": "client_assertion",
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "code",
                    models.CharField(help_text="Code in the feed.", max_length=32, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(help_text="fund, judicial, quasi_judicial, provider.", max_length=16)),
                ("name", models.CharField(help_text="Name as printed on certificates.", max_length=200)),
                (
                    "province",
                    models.CharField(blank=True, default="", help_text="Region code of the province.", max_length=16),
                ),
                ("address", models.CharField(blank=True, default="", help_text="Postal address.", max_length=300)),
                (
                    "provider_type",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="physician, pharmacy, paraclinic, clinic, hospital (S2.11).",
                        max_length=16,
                    ),
                ),
                (
                    "ownership",
                    models.CharField(blank=True, default="", help_text="owned or contracted (S2.2).", max_length=16),
                ),
                (
                    "institution",
                    models.CharField(blank=True, default="", help_text="Code in the directory.", max_length=32),
                ),
                (
                    "suspended",
                    models.BooleanField(default=False, help_text="Refused at once, whatever the agreement says."),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office that keeps it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "organisation",
            },
        ),
        migrations.CreateModel(
            name="ProviderPhone",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation", "mobile_key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organisation", models.CharField(help_text="Organisation code.", max_length=32)),
                ("mobile_key", models.UUIDField(db_index=True, help_text="Blind index of the mobile.")),
                ("sealed", models.BinaryField(help_text="Mobile and holder, sealed.")),
                ("starts", models.DateField(help_text="First day.", null=True)),
                ("ends", models.DateField(help_text="Last day; empty is open.", null=True)),
                ("office", models.CharField(blank=True, default="", help_text="Office that keeps it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "provider_phone",
            },
        ),
    ]
