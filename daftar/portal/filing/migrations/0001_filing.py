from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "filing_id",
                    models.CharField(
                        help_text="Number of the filing at its source.",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.UUIDField(db_index=True, help_text="Person whom it is for.")),
                ("category", models.CharField(help_text="Category of the filing (domain-facts 2.10).", max_length=32)),
                (
                    "destination_region",
                    models.CharField(help_text="Region of the treatment (S4.7, S4.8).", max_length=16),
                ),
                ("starts", models.DateField(help_text="First day.")),
                ("ends", models.DateField(help_text="Last day; empty is open.", null=True)),
                ("state", models.CharField(blank=True, default="", help_text="State at its source.", max_length=16)),
                (
                    "insured_region",
                    models.CharField(blank=True, default="", help_text="Region of the insurance.", max_length=16),
                ),
                (
                    "insurance_type",
                    models.CharField(blank=True, default="", help_text="Insurance type.", max_length=32),
                ),
                ("source", models.CharField(blank=True, default="", help_text="Where it was filed.", max_length=32)),
                ("sealed", models.BinaryField(help_text="Contact's name and telephone, address: sealed.", null=True)),
                ("office", models.CharField(blank=True, default="", help_text="Office that sent it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "filing",
            },
        ),
    ]
