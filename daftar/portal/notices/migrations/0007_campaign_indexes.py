"""Indexes of campaigns: finished messages by age, what no network has reported yet, the last report.

On PostgreSQL they are built beside the running service, however long that takes; cut off, it can be run again.
"""

from django.db import migrations, models

OF_CAMPAIGNS = models.Q(campaign__isnull=False)
INDEXES = [
    models.Index(fields=["campaign", "state", "id"], condition=OF_CAMPAIGNS, name="outbox_message_campaign_ages"),
    models.Index(
        fields=["campaign", "sent_at"],
        condition=OF_CAMPAIGNS & models.Q(channel="sms", state="accepted", reported_at=None),
        name="outbox_message_unreported",
    ),
    models.Index(fields=["reported_at"], condition=models.Q(reported_at__isnull=False), name="outbox_message_reported"),
]
OLD = ["outbox_message_campaign_state", "outbox_message_campaign_waits"]


def build(apps, editor):
    """Make the new ones, then let go of the old."""
    model = apps.get_model("notices", "OutboxMessage")
    beside = editor.connection.vendor == "postgresql"
    if beside:
        editor.execute("SET statement_timeout = 0")
    for index in INDEXES:
        editor.execute(f"DROP INDEX {'CONCURRENTLY ' if beside else ''}IF EXISTS {index.name}")
        editor.add_index(model, index, **({"concurrently": True} if beside else {}))
    for name in OLD:
        editor.execute(f"DROP INDEX {'CONCURRENTLY ' if beside else ''}IF EXISTS {name}")
    if beside:
        editor.execute("RESET statement_timeout")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notices", "0006_country")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(build)],
            state_operations=[
                *(migrations.RemoveIndex("outboxmessage", name) for name in OLD),
                *(migrations.AddIndex("outboxmessage", index) for index in INDEXES),
            ],
        ),
    ]
