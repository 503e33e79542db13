from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("channel", models.CharField(help_text="sms or mail.", max_length=8)),
                ("language", models.CharField(help_text="fa, zh, en.", max_length=2)),
                ("sealed", models.BinaryField(help_text="Address, subject and text, sealed.")),
                ("created_at", models.DateTimeField(db_index=True, help_text="When it was put in.")),
                ("sent_at", models.DateTimeField(help_text="When the gateway took it.", null=True)),
                ("tries", models.SmallIntegerField(default=0, help_text="Times it was handed to the gateway.")),
            ],
            options={
                "db_table": "outbox_message",
            },
        ),
    ]
