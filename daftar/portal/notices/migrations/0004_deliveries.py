"""How far each message has come; messages that came in by SMS, taken once and counted (S2.20, ADR 0020)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_announcements"),
    ]

    operations = [
        migrations.CreateModel(
            name="SmsSenderHour",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "mobile_key", "hour", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mobile_key", models.UUIDField(help_text="Blind index of the number.")),
                ("hour", models.DateTimeField(db_index=True, help_text="Beginning of the hour; kept two hours.")),
                ("count", models.IntegerField(default=0, help_text="Messages so far.")),
            ],
            options={
                "db_table": "sms_sender_hour",
            },
        ),
        migrations.CreateModel(
            name="SmsTaken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        help_text="Digest of the gateway's name for it.", primary_key=True, serialize=False
                    ),
                ),
                ("taken_at", models.DateTimeField(db_index=True, help_text="When it was answered; kept a week.")),
            ],
            options={
                "db_table": "sms_taken",
            },
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="handed_at",
            field=models.DateTimeField(help_text="When an SMS was last given to the gateway.", null=True),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="reported_at",
            field=models.DateTimeField(help_text="When the gateway last said what became of it.", null=True),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("handed", "Handed"),
                    ("accepted", "Accepted"),
                    ("delivered", "Delivered"),
                    ("failed", "Failed"),
                ],
                default="waiting",
                help_text="waiting, handed, accepted, …",
                max_length=12,
            ),
        ),
        migrations.RunSQL(
            "UPDATE outbox_message SET state = 'accepted' WHERE sent_at IS NOT NULL", migrations.RunSQL.noop
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "handed"))),
                fields=["channel", "state", "campaign", "id"],
                name="outbox_message_to_send",
            ),
        ),
    ]
