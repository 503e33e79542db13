from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="Code in the feeds' column office.", max_length=16, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="headquarters, province, branch, brokerage, handling.", max_length=16),
                ),
                ("name", models.CharField(help_text="Name.", max_length=200)),
                (
                    "department",
                    models.CharField(blank=True, default="", help_text="Department (S4.9).", max_length=100),
                ),
                (
                    "region",
                    models.CharField(blank=True, db_index=True, default="", help_text="Region code.", max_length=16),
                ),
                ("address", models.CharField(blank=True, default="", help_text="Postal address.", max_length=300)),
                ("phone", models.CharField(blank=True, default="", help_text="Telephone (S4.26).", max_length=64)),
                ("postcode", models.CharField(blank=True, default="", help_text="Postcode.", max_length=16)),
                ("parent", models.CharField(blank=True, default="", help_text="Office above.", max_length=16)),
                (
                    "sent_by",
                    models.CharField(blank=True, default="", help_text="Office that sent the row.", max_length=16),
                ),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "office",
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="Official code, prefixed by jurisdiction.",
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(db_index=True, help_text="Name in its own language.", max_length=100)),
                ("level", models.CharField(help_text="country, province, city, county.", max_length=10)),
                (
                    "parent",
                    models.CharField(blank=True, db_index=True, default="", help_text="Region above.", max_length=16),
                ),
                (
                    "files_to",
                    models.CharField(blank=True, default="", help_text="Where filings stop (S4.8).", max_length=16),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office that sent it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "region",
            },
        ),
    ]
