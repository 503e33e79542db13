"""Tables `certificate` and `certificate_attempt`: documents in personal inboxes, and who tried or checked too often."""

from django.db import models


class Certificate(models.Model):
    """An answer about its owner, addressed to one organisation; what it says and its access code are sealed."""

    number = models.CharField(primary_key=True, max_length=20, help_text="Twenty random digits.")
    key = models.UUIDField(db_index=True, help_text="The owner, whom it is about.")
    account = models.CharField(max_length=64, help_text="Account that asked for it.")
    jurisdiction = models.CharField(max_length=8, help_text="Whose calendar and words it has.")
    organisation = models.CharField(max_length=32, help_text="Code of the addressee.")
    organisation_name = models.CharField(max_length=200, help_text="Name of the addressee as printed.")
    sealed = models.BinaryField(help_text="Answer, applicant and salt, sealed.")
    sealed_code = models.BinaryField(help_text="Access code, sealed: for the owner's eyes.")
    token = models.TextField(help_text="What the QR holds: compact ES256 JWS.")
    issued_at = models.DateTimeField(help_text="When it was issued.")
    valid_until = models.DateField(help_text="Last day on which it opens.")
    opened_at = models.DateTimeField(null=True, help_text="When the addressee first opened it.")
    revoked_at = models.DateTimeField(null=True, help_text="When its owner took it back.")
    wrong_codes = models.SmallIntegerField(default=0, help_text="Wrong codes of the addressee since it last opened.")
    locked_at = models.DateTimeField(null=True, help_text="When five wrong codes locked it.")

    class Meta:
        db_table = "certificate"
        constraints = [
            models.CheckConstraint(name="certificate_codes_counted", condition=models.Q(wrong_codes__range=(0, 5))),
        ]


class CertificateAttempt(models.Model):
    """Attempts that found nothing, and checks of one certificate, by asker and hour (S1.28). Deleted after a day."""

    pk = models.CompositePrimaryKey("asker", "hour")
    asker = models.CharField(max_length=80, help_text="Channel and account or client.")
    hour = models.DateTimeField(help_text="Beginning of the hour, UTC.")
    count = models.IntegerField(default=0, help_text="Attempts so far.")

    class Meta:
        db_table = "certificate_attempt"
