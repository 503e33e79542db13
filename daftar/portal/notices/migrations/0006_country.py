"""By whose day a campaign's message leaves (S2.14)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_campaign_states")]

    operations = [
        migrations.AddField(
            "outboxmessage",
            "country",
            models.CharField(
                help_text="Country by whose day a campaign's message leaves; empty: at any hour.",
                max_length=8,
                null=True,
            ),
        ),
    ]
