from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "number",
                    models.CharField(
                        help_text="Fourteen random digits, the last a check digit.", max_length=16, unique=True
                    ),
                ),
                ("kind", models.CharField(help_text="enrolment, filing, revocation, objection.", max_length=12)),
                (
                    "state",
                    models.CharField(
                        help_text="draft, submitted, in_review, sent_back, approved, refused, withdrawn.", max_length=10
                    ),
                ),
                (
                    "jurisdiction",
                    models.CharField(help_text="Jurisdiction whose staff and rules decide.", max_length=8),
                ),
                (
                    "person",
                    models.UUIDField(db_index=True, help_text="Key of the person whom it is for, known or not."),
                ),
                (
                    "applicant",
                    models.UUIDField(db_index=True, help_text="Key of who submits: the person, or the principal."),
                ),
                (
                    "matter",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="What of: a year, a filing; of each there is one open case.",
                        max_length=64,
                    ),
                ),
                (
                    "province",
                    models.CharField(blank=True, default="", help_text="Province of the region.", max_length=16),
                ),
                (
                    "city",
                    models.CharField(blank=True, default="", help_text="City of the region, or empty.", max_length=16),
                ),
                (
                    "region",
                    models.CharField(blank=True, default="", help_text="Region whose staff decides.", max_length=16),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True, default="", help_text="The one office for it; empty: any.", max_length=16
                    ),
                ),
                ("version", models.IntegerField(default=1, help_text="Raised by one with each save.")),
                ("made_at", models.DateTimeField(help_text="When it was begun.")),
                ("submitted_at", models.DateTimeField(help_text="When it was last submitted.", null=True)),
                (
                    "queued_at",
                    models.DateTimeField(
                        help_text="Since when it waits for a reviewer; empty when it does not.", null=True
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True, default="", help_text="Policy at submission: manual, automatic.", max_length=10
                    ),
                ),
                (
                    "four_eyes",
                    models.BooleanField(default=False, help_text="Policy at submission: two reviewers must approve."),
                ),
                (
                    "policy_version",
                    models.CharField(blank=True, default="", help_text="Which policy that was.", max_length=32),
                ),
                (
                    "claimed_by",
                    models.CharField(blank=True, default="", help_text="Reviewer's account at it.", max_length=64),
                ),
                ("claimed_at", models.DateTimeField(help_text="Since when.", null=True)),
                (
                    "confirmed_by",
                    models.CharField(blank=True, default="", help_text="First of two pairs of eyes.", max_length=64),
                ),
                ("confirmed_at", models.DateTimeField(help_text="When that one found it right.", null=True)),
                (
                    "decided_by",
                    models.CharField(
                        blank=True, default="", help_text="Reviewer's account, or `rules`.", max_length=64
                    ),
                ),
                ("decided_at", models.DateTimeField(help_text="When it was approved or refused.", null=True)),
                (
                    "reasons",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Why it was sent back or refused: codes, spaces between.",
                        max_length=400,
                    ),
                ),
                ("sealed", models.BinaryField(help_text="The form's fields, sealed.")),
            ],
            options={
                "db_table": "case",
                "indexes": [
                    models.Index(
                        condition=models.Q(("queued_at__isnull", False)),
                        fields=["jurisdiction", "queued_at", "id", "kind", "state", "office"],
                        name="case_queue_jurisdiction",
                    ),
                    models.Index(
                        condition=models.Q(("queued_at__isnull", False)),
                        fields=["province", "queued_at", "id", "kind", "state", "office"],
                        name="case_queue_province",
                    ),
                    models.Index(
                        condition=models.Q(("queued_at__isnull", False)),
                        fields=["city", "queued_at", "id", "kind", "state", "office"],
                        name="case_queue_city",
                    ),
                    models.Index(
                        condition=models.Q(("queued_at__isnull", False)),
                        fields=["region", "queued_at", "id", "kind", "state", "office"],
                        name="case_queue_region",
                    ),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["jurisdiction", "decided_at"],
                        name="case_decided",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("applicant", "person", "kind"),
                        name="case_one_draft",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["submitted", "in_review", "sent_back"]),
                            models.Q(("matter", ""), _negated=True),
                        ),
                        fields=("person", "kind", "matter"),
                        name="case_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("queued_at__isnull", False), ("state__in", ["submitted", "in_review"])),
                            models.Q(
                                ("queued_at", None), models.Q(("state__in", ["submitted", "in_review"]), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="case_queued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claimed_at__isnull", False),
                                ("state", "in_review"),
                                models.Q(("claimed_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "in_review"), _negated=True),
                                ("claimed_at", None),
                                ("claimed_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="case_claimed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ("approved", "refused")),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("approved", "refused")), _negated=True),
                                ("decided_at", None),
                                ("decided_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="case_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("four_eyes", False),
                            ("decided_by", "rules"),
                            models.Q(
                                models.Q(("confirmed_by", ""), _negated=True),
                                models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            ("state", "withdrawn"),
                            models.Q(("way", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_submitted",
                    ),
                ],
            },
        ),
    ]
