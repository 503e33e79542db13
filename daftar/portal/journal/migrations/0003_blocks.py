"""Signed, hash-chained blocks of the journal's rows (ADR 0013)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_months_and_writers")]
    operations = [
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "writer", "first_sequence", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("writer", models.SmallIntegerField(help_text="Whose rows.")),
                (
                    "first_sequence",
                    models.BigIntegerField(help_text="Sequence of the first row; the one after the block before."),
                ),
                ("last_sequence", models.BigIntegerField(help_text="Sequence of the last row.")),
                ("previous", models.BinaryField(help_text="Hash of the block before; zeros for a writer's first.")),
                (
                    "marks",
                    models.BinaryField(help_text="Eight bytes a row: they name the row where the hash does not fit."),
                ),
                (
                    "hash",
                    models.BinaryField(help_text="SHA-256 over all of this and the canonical bytes of the rows."),
                ),
                ("kid", models.CharField(help_text="Key that signed.", max_length=16)),
                ("signature", models.BinaryField(help_text="Ed25519 over the hash.")),
                ("sealed_at", models.DateTimeField(help_text="When it was sealed.")),
            ],
            options={"db_table": "journal_block"},
        ),
    ]
