"""Persons say since when the registry knows their sex and days, so that an explanation can tell what was known."""

from django.db import migrations, models

SINCE = models.DateTimeField(
    null=True, help_text="Since when the registry knows sex and days as they are; empty: since recorded_at."
)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_told")]

    operations = [migrations.AddField("person", "known_since", SINCE)]
