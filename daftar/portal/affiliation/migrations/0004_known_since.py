"""Facts say since when the registry knows them, so that an explanation can tell what was known when it answered."""

from django.db import migrations, models

SINCE = models.DateTimeField(
    null=True, help_text="Since when the registry knows it as it is; empty: since recorded_at."
)


class Migration(migrations.Migration):
    dependencies = [("affiliation", "0003_inquiry_files")]

    operations = [
        migrations.AddField(model, "known_since", SINCE) for model in ("affiliation", "contribution", "dependency")
    ]
