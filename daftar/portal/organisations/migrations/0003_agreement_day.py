"""The use of an agreement's daily quota."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_access_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation", "number", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organisation", models.CharField(help_text="Organisation code.", max_length=32)),
                ("number", models.CharField(help_text="Number of the agreement.", max_length=64)),
                ("day", models.DateField(help_text="Calendar day in the jurisdiction asked about.")),
                ("used", models.IntegerField(default=0, help_text="Inquiries charged so far.")),
            ],
            options={
                "db_table": "agreement_day",
            },
        ),
    ]
