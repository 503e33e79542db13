from django.db import migrations, models


class Migration(migrations.Migration):
    """Both begin empty: the watch adds the days that were counted before, one after the other."""

    dependencies = [("monitoring", "0001_watch")]

    operations = [
        migrations.CreateModel(
            name="InquirySpan",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "jurisdiction", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("jurisdiction", models.CharField(help_text="In whose calendar day the spans end.", max_length=8)),
                ("place", models.CharField(help_text="Code of the organisation.", max_length=32)),
                ("first_day", models.DateField(help_text="First day on which it ever asked.")),
                ("last_day", models.DateField(help_text="Last day on which it asked.")),
                ("asked_7", models.BigIntegerField(help_text="Inquiries of 7 days.")),
                ("days_7", models.IntegerField(help_text="Of 7 days, those on which it asked.")),
                ("asked_30", models.BigIntegerField(help_text="Inquiries of 30 days.")),
                ("days_30", models.IntegerField(help_text="Of 30 days, those on which it asked.")),
                ("asked_90", models.BigIntegerField(help_text="Inquiries of 90 days.")),
                ("days_90", models.IntegerField(help_text="Of 90 days, those on which it asked.")),
                ("asked_365", models.BigIntegerField(help_text="Inquiries of 365 days.")),
                ("days_365", models.IntegerField(help_text="Of 365 days, those on which it asked.")),
            ],
            options={"db_table": "inquiry_span"},
        ),
        migrations.CreateModel(
            name="SpanReading",
            fields=[
                (
                    "jurisdiction",
                    models.CharField(help_text="Whose calendar day.", max_length=8, primary_key=True, serialize=False),
                ),
                ("through", models.DateField(help_text="Last day of the spans.")),
            ],
            options={"db_table": "span_reading"},
        ),
    ]
