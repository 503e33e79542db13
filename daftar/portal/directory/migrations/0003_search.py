"""Words of every entry, the terms of institutions, and the counter of changes (ADR 0014)."""

from django.db import migrations, models

WORDS = "Name and code as they are searched: folded, by sound, by initials (daftar.terms.finding)."
TERMS = """
CREATE TABLE institution_term (
    whole boolean NOT NULL, term {bytes} NOT NULL, code varchar(32) NOT NULL, PRIMARY KEY (whole, term, code)
) {clustered}
"""


def make_terms(apps, schema_editor):
    """On SQLite the table is its own index: half the size."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    values = {"bytes": "blob", "clustered": "WITHOUT ROWID"} if sqlite else {"bytes": "bytea", "clustered": ""}
    schema_editor.execute(TERMS.format(**values))


def drop_terms(apps, schema_editor):
    """Undo."""
    schema_editor.execute("DROP TABLE institution_term")


def first_version(apps, schema_editor):
    """Begin counting."""
    apps.get_model("directory", "DirectoryChange").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_public_directory")]

    operations = [
        *(
            migrations.AddField(name, "words", models.TextField(blank=True, default="", help_text=WORDS))
            for name in ("region", "poolingregion", "institution", "office")
        ),
        migrations.AlterField(
            "institution", "region", models.CharField(max_length=16, help_text="Administrative region.")
        ),
        migrations.AddIndex("institution", models.Index(fields=["region", "code"], name="institution_region")),
        migrations.CreateModel(
            name="DirectoryChange",
            fields=[
                ("id", models.SmallIntegerField(help_text="Always 1.", primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0, help_text="Raised by one with each change.")),
            ],
            options={"db_table": "directory_change"},
        ),
        migrations.RunPython(first_version, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make_terms, drop_terms)],
            state_operations=[
                migrations.CreateModel(
                    name="InstitutionTerm",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "whole", "term", "code", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "whole",
                            models.BooleanField(
                                help_text="The name or code from its beginning; otherwise from a later word on."
                            ),
                        ),
                        ("term", models.BinaryField(help_text="Folded letters in UTF-8, at most twenty letters.")),
                        ("code", models.CharField(help_text="Code of the institution.", max_length=32)),
                    ],
                    options={"db_table": "institution_term"},
                ),
            ],
        ),
    ]
