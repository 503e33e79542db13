import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identity"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account", models.BigIntegerField(db_index=True, help_text="Account that it was done to.")),
                (
                    "what",
                    models.CharField(
                        help_text="made, verified, closed, password_changed, switched_off ...", max_length=24
                    ),
                ),
                (
                    "by",
                    models.CharField(help_text="Account that did it; its own name when its owner did.", max_length=64),
                ),
                ("at", models.DateTimeField(help_text="When.")),
            ],
            options={
                "db_table": "account_event",
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="Known to the session that asked for it alone.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("sign_up", "Sign Up"), ("reset", "Reset"), ("identity", "Identity")],
                        help_text="What it is for.",
                        max_length=8,
                    ),
                ),
                (
                    "address_key",
                    models.UUIDField(db_index=True, help_text="Blind index of the mailbox or mobile it was sent to."),
                ),
                ("key", models.UUIDField(help_text="Key of the person that is claimed, known or not.", null=True)),
                (
                    "account",
                    models.BigIntegerField(help_text="Account that it is about, where there is one.", null=True),
                ),
                ("sealed", models.BinaryField(help_text="Name, number and mail as typed, sealed.")),
                ("code_digest", models.BinaryField(help_text="Keyed digest of the code.")),
                ("language", models.CharField(help_text="fa, zh, en.", max_length=2)),
                ("made_at", models.DateTimeField(db_index=True, help_text="When it was sent.")),
                ("expires_at", models.DateTimeField(help_text="Neither code nor what follows it is taken after this.")),
                ("tries", models.SmallIntegerField(default=0, help_text="Codes typed.")),
                ("passed_at", models.DateTimeField(help_text="When the right code was typed.", null=True)),
                ("used_at", models.DateTimeField(help_text="When what it was for was done.", null=True)),
            ],
            options={
                "db_table": "account_challenge",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "token_digest",
                    models.BinaryField(help_text="Keyed digest of the link's token.", max_length=32, unique=True),
                ),
                ("user", models.CharField(help_text="Name to log in with.", max_length=64)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("citizen", "Citizen"),
                            ("operator", "Operator"),
                            ("supervisor", "Supervisor"),
                            ("administrator", "Administrator"),
                            ("counter", "Counter"),
                            ("reviewer", "Reviewer"),
                            ("hotline", "Hotline"),
                            ("insurer_admin", "Insurer Admin"),
                        ],
                        help_text="What the account will be for.",
                        max_length=16,
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, default="", help_text="Organisation code.", max_length=32),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office code of staff.", max_length=16)),
                (
                    "jurisdiction",
                    models.CharField(help_text="Jurisdiction whose rules and days it will see.", max_length=8),
                ),
                ("language", models.CharField(help_text="Language of the mail: fa, zh, en.", max_length=2)),
                ("sealed", models.BinaryField(help_text="Name and e-mail address, sealed.")),
                ("invited_by", models.CharField(help_text="The administrator's account.", max_length=64)),
                ("made_at", models.DateTimeField(help_text="When the mail was put in the outbox.")),
                ("expires_at", models.DateTimeField(help_text="The link opens nothing after this.")),
                ("accepted_at", models.DateTimeField(help_text="When the account was made of it.", null=True)),
                ("withdrawn_at", models.DateTimeField(help_text="When an administrator took it back.", null=True)),
            ],
            options={
                "db_table": "invitation",
            },
        ),
        migrations.CreateModel(
            name="LogInSession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="Kept in Django's session.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "browser",
                    models.CharField(
                        blank=True, default="", help_text="Browser and system, in short words.", max_length=40
                    ),
                ),
                ("started_at", models.DateTimeField(help_text="When it began.")),
                ("seen_at", models.DateTimeField(help_text="When it was last used, to five minutes.")),
                ("ended_at", models.DateTimeField(help_text="When it was ended.", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        help_text="Who is logged in.",
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "account_session",
            },
        ),
    ]
