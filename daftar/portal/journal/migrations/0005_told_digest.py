"""A retry is told the first answer again only where it is still that answer, to the last value (contracts §3)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_rows_that_never_change")]
    operations = [
        migrations.AddField(
            "idempotency",
            "told",
            models.UUIDField(
                help_text="Keyed digest of what was told, where the answer itself is not in the journal (S1).",
                null=True,
            ),
        ),
    ]
