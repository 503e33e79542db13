from django.db import migrations, models


class Migration(migrations.Migration):
    """Calls that were left before name no alert: they hold nothing back."""

    dependencies = [("monitoring", "0003_duty_done")]

    operations = [
        migrations.AddField(
            "alertcall",
            "alert",
            models.BigIntegerField(help_text="Alert that it tells; its calls are posted in their order.", null=True),
        ),
        migrations.AddIndex(
            "alertcall",
            models.Index(fields=["alert", "id"], condition=models.Q(sent_at=None), name="alert_call_unsent"),
        ),
    ]
