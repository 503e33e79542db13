from django.db import migrations, models

WORDS = "Name and code as they are searched: folded, by sound, by initials (daftar.terms.finding)."


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_mends"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "code",
                    models.CharField(help_text="Code of the unit.", max_length=32, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(help_text="Name of the committee.", max_length=100)),
                (
                    "pooling_region",
                    models.CharField(help_text="Pooling region that insures its residents.", max_length=16),
                ),
                (
                    "town",
                    models.CharField(
                        blank=True, default="", help_text="Town or street that it belongs to.", max_length=100
                    ),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office that sent it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
                ("words", models.TextField(blank=True, default="", help_text=WORDS)),
            ],
            options={
                "db_table": "unit",
                "indexes": [models.Index(fields=["pooling_region", "code"], name="unit_pooling_region")],
            },
        ),
    ]
