"""Receivers are counted in stretches before a campaign is let go, and met once by their key: no list of them is kept.

A campaign by SMS that is under way walks in the old order; it is stopped, for nobody could say whom it has told.
"""

from django.db import migrations, models
from django.db.models.functions import Now


def stop_old_walks(apps, editor):
    """Those that have told somebody already; what of them still waits in the outbox is taken back."""
    found = apps.get_model("campaigns", "Campaign").objects.filter(state="sending", channel="sms", put__gt=0)
    found.update(state="stopped", stopped_by="upgrade", ended_at=Now())


def set_countries(apps, editor):
    """What was put before messages had a country leaves by the day of its campaign's, not at any hour."""
    waiting = apps.get_model("notices", "OutboxMessage").objects.filter(state__in=("waiting", "handed"), country=None)
    for number, country in apps.get_model("campaigns", "Campaign").objects.values_list("pk", "jurisdiction"):
        waiting.filter(campaign=number).update(country=country)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_campaigns"), ("people", "0004_told"), ("notices", "0007_campaign_indexes")]

    operations = [
        migrations.AlterField(
            "campaign",
            "counted",
            models.BigIntegerField(help_text="Receivers, as they were last counted; empty: not yet.", null=True),
        ),
        migrations.AddField(
            "campaign",
            "counted_at",
            models.DateTimeField(help_text="When their counting ended.", null=True),
        ),
        migrations.AddField(
            "campaign",
            "counting",
            models.BigIntegerField(
                help_text="Receivers found so far while they are counted; empty: they are not.", null=True
            ),
        ),
        migrations.AddField(
            "campaign",
            "count_mark",
            models.JSONField(default=list, help_text="The receiver up to whom they have been counted."),
        ),
        migrations.AddField(
            "campaign",
            "all_put_at",
            models.DateTimeField(help_text="When everybody of the group had a message in the outbox.", null=True),
        ),
        migrations.AddField(
            "campaign",
            "delivered",
            models.BigIntegerField(default=0, help_text="Messages that arrived and were forgotten since."),
        ),
        migrations.AddField(
            "campaign",
            "failed",
            models.BigIntegerField(default=0, help_text="Messages that failed and were forgotten since."),
        ),
        migrations.AddField(
            "campaign",
            "forgotten_at",
            models.DateTimeField(help_text="When the last of its messages was forgotten.", null=True),
        ),
        migrations.RunPython(stop_old_walks, migrations.RunPython.noop),
        migrations.RunPython(set_countries, migrations.RunPython.noop),
        migrations.DeleteModel("CampaignReceiver"),
    ]
