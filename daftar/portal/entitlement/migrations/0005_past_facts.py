"""Facts as they stood until others took their place, and since when the registry knows those that stand."""

from django.db import migrations, models

SINCE = models.DateTimeField(
    null=True, help_text="Since when the registry knows it as it is; empty: since recorded_at."
)
FIELDS = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("key", models.UUIDField(db_index=True, help_text="Person whom the fact was about.")),
    (
        "table",
        models.CharField(max_length=16, help_text="Table that held it: affiliation, contribution, …, person."),
    ),
    ("said", models.TextField(help_text="Its columns as JSON; days are ISO, keys hex.")),
    ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
    ("known_since", models.DateTimeField(help_text="Since when the registry knew it so.")),
    ("replaced_at", models.DateTimeField(help_text="Until when the registry held it so.")),
    ("withdrawn", models.BooleanField(help_text="Whether it was withdrawn, and nothing else took its place.")),
]


class Migration(migrations.Migration):
    dependencies = [("entitlement", "0004_overlap_counted")]

    operations = [
        migrations.CreateModel("FactPast", FIELDS, {"db_table": "fact_past"}),
        migrations.AddField("evidence", "known_since", SINCE),
        migrations.AddField("othercover", "known_since", SINCE),
    ]
