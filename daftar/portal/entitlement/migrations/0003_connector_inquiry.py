"""When registries were asked about persons, and when they may be asked again (S2.13)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entitlement", "0002_overlap")]

    operations = [
        migrations.CreateModel(
            name="ConnectorInquiry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="Person asked about.")),
                ("kind", models.CharField(help_text="Kind of evidence, as in evidence.", max_length=24)),
                ("asked_at", models.DateTimeField(help_text="When it was asked last.")),
                ("again_at", models.DateTimeField(help_text="The nightly work does not ask before.")),
                (
                    "outcome",
                    models.CharField(
                        help_text=(
                            "asked, confirmed, not_found; or why there was no answer: away, refused, nonsense, …"
                        ),
                        max_length=16,
                    ),
                ),
            ],
            options={"db_table": "connector_inquiry"},
        ),
    ]
