"""What became of a campaign's messages is counted from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_deliveries")]

    operations = [
        migrations.RemoveIndex("outboxmessage", "outbox_message_of_campaign"),
        migrations.AddIndex(
            "outboxmessage",
            models.Index(
                fields=["campaign", "state"],
                condition=models.Q(campaign__isnull=False),
                name="outbox_message_campaign_state",
            ),
        ),
    ]
