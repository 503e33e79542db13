from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache_entry")]

    operations = [
        migrations.AlterField(
            "account",
            "user",
            models.CharField(
                help_text="Name to log in with and in the journal; citizens have a random one.",
                max_length=64,
                unique=True,
            ),
        ),
        migrations.AlterField(
            "account",
            "display_name",
            models.CharField(
                blank=True, default="", help_text="Shown in the page header; empty for citizens.", max_length=100
            ),
        ),
        migrations.AddField(
            "account",
            "mail_key",
            models.UUIDField(help_text="Blind index of the e-mail address to log in with.", null=True, unique=True),
        ),
        migrations.AddField(
            "account",
            "sealed",
            models.BinaryField(default=b"", help_text="E-mail address, and a citizen's name, sealed."),
        ),
        migrations.AddField(
            "account",
            "language",
            models.CharField(default="en", help_text="Language of its mails: fa, zh, en.", max_length=2),
        ),
        migrations.AddField(
            "account",
            "verified_at",
            models.DateTimeField(help_text="Since when the citizen's identity is verified.", null=True),
        ),
        migrations.AddField(
            "account",
            "verified_by",
            models.CharField(
                blank=True,
                default="",
                help_text="`mobile`, or the counter's account that verified it.",
                max_length=64,
            ),
        ),
        migrations.AddField("account", "made_at", models.DateTimeField(help_text="When it was made.", null=True)),
        migrations.AddConstraint(
            "account",
            models.CheckConstraint(
                name="account_verified_citizen",
                condition=models.Q(verified_at=None, verified_by="")
                | models.Q(verified_at__isnull=False, person_key__isnull=False) & ~models.Q(verified_by=""),
            ),
        ),
    ]
