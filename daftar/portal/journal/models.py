"""Tables `inquiry` (the journal), `journal_block` that seals it, `writer` and `idempotency` (design §5).

The first two are append-only: no service changes a row.
"""

from django.db import models


class Inquiry(models.Model):
    """One question and its answer: the tracking code, the citizen's record and the evidence in a dispute.

    `id` is the writer's number times 10^12 plus the writer's own sequence, so the tracking code needs no index.
    Partitioned by month of `asked_at` on PostgreSQL.
    """

    id = models.BigIntegerField(primary_key=True, help_text="Writer and sequence; the tracking code permutes it.")
    asked_at = models.DateTimeField(help_text="When the answer was made.")
    channel = models.CharField(max_length=8, help_text="web, api, app, sms, ussd, fhir, file, counter.")
    mode = models.CharField(max_length=16, help_text="general, specific, …")
    organisation = models.CharField(max_length=32, null=True, help_text="Organisation that asked.")
    account = models.CharField(max_length=64, null=True, help_text="Account or client that asked.")
    acting_for = models.UUIDField(null=True, help_text="Principal's key when somebody asks for another.")
    office = models.CharField(max_length=16, null=True, help_text="Office that asked.")
    key = models.UUIDField(db_index=True, help_text="Person asked about, known or not.")
    service_day = models.DateField(null=True, help_text="Day that was asked about.")
    period_from = models.DateField(null=True, help_text="First day of the period asked about.")
    period_to = models.DateField(null=True, help_text="Last day of the period asked about.")
    setting = models.CharField(max_length=12, null=True, help_text="outpatient or inpatient.")
    outcome = models.CharField(max_length=24, help_text="covered, not_covered, …")
    reason = models.CharField(max_length=40, help_text="Why; kept also where it was not told (S2.17).")
    valid_until = models.DateField(null=True, help_text="Last day of cover known then; empty is open or none.")
    payers = models.CharField(max_length=400, null=True, help_text="Insurers in order, for inpatient care (S2.5).")
    rule_version = models.CharField(max_length=32, help_text="Law set.")
    ground = models.CharField(max_length=16, help_text="agreement, consent, proxy, own, duty.")
    purpose = models.CharField(max_length=64, null=True, help_text="What it was asked for.")
    reference = models.CharField(max_length=128, null=True, help_text="The asker's letter or case number.")
    shown = models.CharField(max_length=400, help_text="Fields told, space-separated.")

    class Meta:
        db_table = "inquiry"
        indexes = [models.Index(fields=["organisation", "asked_at"], name="inquiry_organisation")]


class Writer(models.Model):
    """A place to write in the journal: a gate's lane leases one, portal workers share one under its row lock."""

    number = models.SmallIntegerField(primary_key=True, help_text="0-999, part of every id it writes.")
    shared = models.BooleanField(default=False, help_text="Shared under a row lock, or leased by one session.")
    next_sequence = models.BigIntegerField(
        null=True, default=0, help_text="Next free sequence; empty while it is leased, or when nobody gave it back."
    )

    class Meta:
        db_table = "writer"


class Block(models.Model):
    """Rows of one writer, sealed: signed, and chained to the block before (ADR 0013)."""

    pk = models.CompositePrimaryKey("writer", "first_sequence")
    writer = models.SmallIntegerField(help_text="Whose rows.")
    first_sequence = models.BigIntegerField(help_text="Sequence of the first row; the one after the block before.")
    last_sequence = models.BigIntegerField(help_text="Sequence of the last row.")
    previous = models.BinaryField(help_text="Hash of the block before; zeros for a writer's first.")
    marks = models.BinaryField(help_text="Eight bytes a row: they name the row where the hash does not fit.")
    hash = models.BinaryField(help_text="SHA-256 over all of this and the canonical bytes of the rows.")
    kid = models.CharField(max_length=16, help_text="Key that signed.")
    signature = models.BinaryField(help_text="Ed25519 over the hash.")
    sealed_at = models.DateTimeField(help_text="When it was sealed.")

    class Meta:
        db_table = "journal_block"


class Idempotency(models.Model):
    """An Idempotency-Key and what was answered to it; kept 48 hours."""

    pk = models.CompositePrimaryKey("client", "digest")
    client = models.CharField(max_length=64, help_text="Client that sent it.")
    digest = models.UUIDField(help_text="Digest of the header's value.")
    body_digest = models.UUIDField(help_text="Digest of the body: another body is refused.")
    inquiry = models.BigIntegerField(help_text="The inquiry that was answered.")
    told = models.UUIDField(
        null=True, help_text="Keyed digest of what was told, where the answer itself is not in the journal (S1)."
    )
    created_at = models.DateTimeField(db_index=True, help_text="When it came first.")

    class Meta:
        db_table = "idempotency"
