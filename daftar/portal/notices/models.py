"""Table `outbox_message`: what is to leave by SMS or mail, durable in the transaction that caused it."""

from django.db import models


class OutboxMessage(models.Model):
    """One message to one address. In the demo it stays here and is shown on the outbox page."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=8, help_text="sms or mail.")
    language = models.CharField(max_length=2, help_text="fa, zh, en.")
    sealed = models.BinaryField(help_text="Address, subject and text, sealed.")
    created_at = models.DateTimeField(db_index=True, help_text="When it was put in.")
    sent_at = models.DateTimeField(null=True, help_text="When the gateway took it.")
    tries = models.SmallIntegerField(default=0, help_text="Times it was handed to the gateway.")

    class Meta:
        db_table = "outbox_message"
