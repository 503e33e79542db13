from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_outbox")]

    operations = [
        migrations.AlterField(
            "outboxmessage",
            "sealed",
            models.BinaryField(help_text="Address, subject and text, sealed; empty once it was sent."),
        ),
        migrations.AddField(
            "outboxmessage",
            "next_try_at",
            models.DateTimeField(help_text="Not before this; empty is at once.", null=True),
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("key", models.UUIDField(help_text="Key of the person.", primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Mail"), ("sms", "Sms")], help_text="mail or sms.", max_length=8
                    ),
                ),
                ("language", models.CharField(help_text="fa, zh, en.", max_length=2)),
                ("sealed", models.BinaryField(help_text="E-mail address, sealed.")),
            ],
            options={"db_table": "notice_choice"},
        ),
    ]
