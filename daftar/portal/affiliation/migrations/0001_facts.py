from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                (
                    "affiliation_id",
                    models.CharField(
                        help_text="The source's own number.", max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(db_index=True, help_text="Person.")),
                ("kind", models.CharField(help_text="compulsory, voluntary, … (contracts §1).", max_length=16)),
                ("starts", models.DateField(help_text="First day.")),
                ("ends", models.DateField(help_text="Last day; empty is open.", null=True)),
                (
                    "insurance_type",
                    models.CharField(blank=True, default="", help_text="Insurance type code.", max_length=32),
                ),
                (
                    "category",
                    models.CharField(blank=True, default="", help_text="Category of the insured.", max_length=64),
                ),
                (
                    "pooling_region",
                    models.CharField(blank=True, default="", help_text="Pooling region code.", max_length=16),
                ),
                ("sealed", models.BinaryField(help_text="Pensioner number, workshop and employer, sealed.", null=True)),
                (
                    "office",
                    models.CharField(blank=True, default="", help_text="Office that keeps the spell.", max_length=16),
                ),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "affiliation",
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "month", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="Person.")),
                ("month", models.DateField(help_text="First day of the month paid for.")),
                ("kind", models.CharField(help_text="Kind of affiliation.", max_length=16)),
                ("days", models.SmallIntegerField(help_text="Days paid, 0-31.")),
                ("amount", models.BigIntegerField(help_text="In the currency's smallest unit.", null=True)),
                ("currency", models.CharField(blank=True, default="", help_text="ISO 4217.", max_length=3)),
                (
                    "office",
                    models.CharField(blank=True, default="", help_text="Office that received it.", max_length=16),
                ),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "contribution",
            },
        ),
        migrations.CreateModel(
            name="Dependency",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "main_key", "starts", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(help_text="The dependant.")),
                ("main_key", models.UUIDField(db_index=True, help_text="The main insured.")),
                ("starts", models.DateField(help_text="First day.")),
                ("relation", models.CharField(help_text="spouse, son, daughter, father, mother.", max_length=16)),
                ("ends", models.DateField(help_text="Last day; empty is open.", null=True)),
                ("office", models.CharField(blank=True, default="", help_text="Office that keeps it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "dependency",
            },
        ),
    ]
