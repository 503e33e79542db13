"""Overlaps of basic insurers as a table. Whoever has other cover is put on the list of those whose spans are rebuilt:
the next load of a feed, or `daftar coverage rebuild`, fills the table."""

from django.db import migrations, models

DUE = """
INSERT INTO coverage_due (key, since)
SELECT key, max(recorded_at) FROM other_cover WHERE NOT withdrawn GROUP BY key
ON CONFLICT (key) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("entitlement", "0001_coverage"), ("feeds", "0001_feeds")]

    operations = [
        migrations.CreateModel(
            name="Overlap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(db_index=True, help_text="Person.")),
                ("jurisdiction", models.CharField(help_text="Jurisdiction of the person.", max_length=8)),
                ("starts", models.DateField(help_text="First day on which all of these insurers cover.")),
                ("ends", models.DateField(help_text="Last such day; empty is open.", null=True)),
                (
                    "insurers",
                    models.TextField(help_text="Codes of the insurers, in the order of the alphabet, a space between."),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True, default="", help_text="Office responsible for the person.", max_length=16
                    ),
                ),
            ],
            options={
                "db_table": "overlap",
                "indexes": [
                    models.Index(fields=["jurisdiction", "-starts", "-id"], name="overlap_newest"),
                    models.Index(fields=["jurisdiction", "insurers", "-starts", "-id"], name="overlap_insurers"),
                    models.Index(fields=["jurisdiction", "office", "-starts", "-id"], name="overlap_office"),
                ],
            },
        ),
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
    ]
