"""Tables `outbox_message` and `notice_choice`: what is to leave by SMS or mail, and how a person wants to be told."""

from django.db import models


class OutboxMessage(models.Model):
    """One message to one address, durable in the transaction that caused it. In the demo it stays here and is shown."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=8, help_text="sms or mail.")
    language = models.CharField(max_length=2, help_text="fa, zh, en.")
    sealed = models.BinaryField(help_text="Address, subject and text, sealed; empty once it was sent.")
    created_at = models.DateTimeField(db_index=True, help_text="When it was put in.")
    sent_at = models.DateTimeField(null=True, help_text="When the gateway took it.")
    tries = models.SmallIntegerField(default=0, help_text="Times it was handed to the gateway.")
    next_try_at = models.DateTimeField(null=True, help_text="Not before this; empty is at once.")

    class Meta:
        db_table = "outbox_message"


class NoticeChannel(models.TextChoices):
    """By what a person is told."""

    MAIL = "mail"
    SMS = "sms"


class NoticeChoice(models.Model):
    """How a person with an account wants to be told of what concerns them (S1.9, S1.28)."""

    key = models.UUIDField(primary_key=True, help_text="Key of the person.")
    channel = models.CharField(max_length=8, choices=NoticeChannel, help_text="mail or sms.")
    language = models.CharField(max_length=2, help_text="fa, zh, en.")
    sealed = models.BinaryField(help_text="E-mail address, sealed.")

    class Meta:
        db_table = "notice_choice"
