import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ProxyBinding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="Random name, for addresses and sessions.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("principal", models.UUIDField(help_text="Key of the person who acts.")),
                ("member", models.UUIDField(db_index=True, help_text="Key of the person for whom.")),
                ("jurisdiction", models.CharField(help_text="Jurisdiction of both, whose days count.", max_length=8)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("face", "Face"),
                            ("commitment", "Commitment"),
                            ("own_confirmation", "Own Confirmation"),
                            ("counter", "Counter"),
                        ],
                        help_text="face, commitment, own_confirmation, counter.",
                        max_length=16,
                    ),
                ),
                ("asked_at", models.DateTimeField(help_text="When it was asked for.")),
                (
                    "bound_at",
                    models.DateTimeField(
                        help_text="Since when it stands; empty: the member has not answered.", null=True
                    ),
                ),
                (
                    "last_day",
                    models.DateField(
                        help_text="Last day of a commitment: the one before the 16th birthday.", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(help_text="When it was over.", null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_principal", "By Principal"),
                            ("by_member", "By Member"),
                            ("sixteen", "Sixteen"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("unanswered", "Unanswered"),
                        ],
                        default="",
                        help_text="Why it is over.",
                        max_length=16,
                    ),
                ),
                (
                    "ended_by",
                    models.CharField(
                        blank=True, default="", help_text="Account that ended it, if any did.", max_length=64
                    ),
                ),
                (
                    "letter",
                    models.CharField(
                        blank=True, default="", help_text="Version of the commitment letter.", max_length=16
                    ),
                ),
                (
                    "letter_language",
                    models.CharField(
                        blank=True, default="", help_text="In which it was read: fa, zh, en.", max_length=2
                    ),
                ),
                ("letter_agreed_at", models.DateTimeField(help_text="When «我已阅读并同意» was pressed.", null=True)),
                (
                    "face_check",
                    models.UUIDField(help_text="Face check that was passed; it binds once.", null=True, unique=True),
                ),
                (
                    "checked_by",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Verifier of the face, or account of the counter.",
                        max_length=64,
                    ),
                ),
                (
                    "office",
                    models.CharField(blank=True, default="", help_text="Office whose counter bound.", max_length=16),
                ),
                (
                    "sealed",
                    models.BinaryField(help_text="Names of both, kinship, and paper of a child without card, sealed."),
                ),
            ],
            options={
                "db_table": "proxy_binding",
                "indexes": [
                    models.Index(fields=["principal", "asked_at"], name="proxy_binding_principal"),
                    models.Index(fields=["jurisdiction", "way", "asked_at"], name="proxy_binding_way"),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("last_day__isnull", False)),
                        fields=["jurisdiction", "last_day"],
                        name="proxy_binding_sixteen",
                    ),
                    models.Index(
                        condition=models.Q(("bound_at", None), ("ended_at", None)),
                        fields=["asked_at"],
                        name="proxy_binding_asked",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("principal", "member"),
                        name="proxy_binding_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("principal", models.F("member")), _negated=True),
                        name="proxy_binding_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("ended_at", None)),
                            models.Q(("ended_at__isnull", False), models.Q(("ended", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="proxy_binding_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("last_day__isnull", False),
                                ("letter_agreed_at__isnull", False),
                                ("way", "commitment"),
                                models.Q(("letter", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("way", "commitment"), _negated=True),
                                ("last_day", None),
                                ("letter", ""),
                                ("letter_agreed_at", None),
                                ("letter_language", ""),
                            ),
                            _connector="OR",
                        ),
                        name="proxy_binding_letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("bound_at__isnull", False),
                                ("face_check__isnull", False),
                                ("way", "face"),
                                models.Q(("checked_by", ""), _negated=True),
                            ),
                            models.Q(
                                ("bound_at__isnull", False),
                                ("face_check", None),
                                ("way", "counter"),
                                models.Q(("checked_by", ""), _negated=True),
                            ),
                            models.Q(
                                ("bound_at__isnull", False),
                                ("checked_by", ""),
                                ("face_check", None),
                                ("way", "commitment"),
                            ),
                            models.Q(("checked_by", ""), ("face_check", None), ("way", "own_confirmation")),
                            _connector="OR",
                        ),
                        name="proxy_binding_proof",
                    ),
                ],
            },
        ),
    ]
