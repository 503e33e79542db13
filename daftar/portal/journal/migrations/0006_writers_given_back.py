"""A leased writer says where it ended when it is given back; where it never did, that is not known (ADR 0013)."""

from django.db import migrations, models

NOT_GIVEN_BACK = """
UPDATE writer SET next_sequence = NULL WHERE NOT shared AND EXISTS (
    SELECT 1 FROM inquiry WHERE id >= number * 1000000000000 AND id < (number + 1) * 1000000000000
)
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_told_digest")]
    operations = [
        migrations.AlterField(
            "writer",
            "next_sequence",
            models.BigIntegerField(
                null=True,
                default=0,
                help_text="Next free sequence; empty while it is leased, or when nobody gave it back.",
            ),
        ),
        migrations.RunSQL(NOT_GIVEN_BACK, migrations.RunSQL.noop),
    ]
