"""Tables `outbox_message`, `notice_choice`, `announcement`: what is to leave by SMS or mail, how a person wants to be
told, and what the portal tells everybody; `sms_taken` and `sms_sender_hour`: what came in by SMS."""

from django.db import models


class Delivery(models.TextChoices):
    """How far a message has come (ADR 0020); mails know waiting, accepted and failed."""

    WAITING = "waiting"
    HANDED = "handed"  # given to the gateway, whose answer is not noted yet; in doubt when that lasts
    ACCEPTED = "accepted"  # the gateway holds it, durably
    DELIVERED = "delivered"  # the telephone has it
    FAILED = "failed"  # refused, undeliverable, or given up


class OutboxMessage(models.Model):
    """One message to one address, durable in the transaction that caused it. In the demo it stays here and is shown."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=8, help_text="sms or mail.")
    language = models.CharField(max_length=2, help_text="fa, zh, en.")
    sealed = models.BinaryField(help_text="Address, subject and text, sealed; empty once it was sent.")
    state = models.CharField(
        max_length=12, choices=Delivery, default=Delivery.WAITING, help_text="waiting, handed, accepted, …"
    )
    created_at = models.DateTimeField(db_index=True, help_text="When it was put in.")
    handed_at = models.DateTimeField(null=True, help_text="When an SMS was last given to the gateway.")
    reported_at = models.DateTimeField(null=True, help_text="When the gateway last said what became of it.")
    sent_at = models.DateTimeField(null=True, help_text="When the gateway took it.")
    tries = models.SmallIntegerField(default=0, help_text="Times it was handed to the gateway.")
    next_try_at = models.DateTimeField(null=True, help_text="Not before this; empty is at once.")
    campaign = models.BigIntegerField(null=True, help_text="Campaign it belongs to; empty: it concerns one person.")
    country = models.CharField(
        max_length=8, null=True, help_text="Country by whose day a campaign's message leaves; empty: at any hour."
    )

    class Meta:
        db_table = "outbox_message"
        indexes = [
            models.Index(
                fields=["channel", "state", "campaign", "id"],
                condition=models.Q(state__in=("waiting", "handed")),
                name="outbox_message_to_send",
            ),
            models.Index(
                fields=["campaign", "state", "id"],
                condition=models.Q(campaign__isnull=False),
                name="outbox_message_campaign_ages",
            ),
            models.Index(
                fields=["campaign", "sent_at"],
                condition=models.Q(campaign__isnull=False)
                & models.Q(channel="sms", state="accepted", reported_at=None),
                name="outbox_message_unreported",
            ),
            models.Index(
                fields=["reported_at"],
                condition=models.Q(reported_at__isnull=False),
                name="outbox_message_reported",
            ),
        ]


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


class Tone(models.TextChoices):
    """How an announcement is meant."""

    NOTE = "note"  # something to know
    WARNING = "warning"  # a disturbance, now or announced


class Announcement(models.Model):
    """What the portal tells everybody between two moments (S2.14); it is ended, never deleted."""

    id = models.BigAutoField(primary_key=True)
    jurisdiction = models.CharField(max_length=8, help_text="Whose insurer says it: ir, cn, …")
    tone = models.CharField(max_length=8, choices=Tone, help_text="note or warning.")
    titles = models.JSONField(help_text="Title by language: fa, zh, en.")
    texts = models.JSONField(help_text="Text by language.")
    starts_at = models.DateTimeField(help_text="Shown from then on.")
    ends_at = models.DateTimeField(null=True, help_text="Not shown any more from then on; empty: until it is ended.")
    made_by = models.CharField(max_length=64, help_text="Account that published it.")
    made_at = models.DateTimeField(help_text="When it was published.")

    class Meta:
        db_table = "announcement"
        constraints = [
            models.CheckConstraint(
                name="announcement_ends_after_it_starts",
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
            )
        ]


class SmsTaken(models.Model):
    """A message that came in and was answered: repeated by the gateway, it is not answered again."""

    id = models.UUIDField(primary_key=True, help_text="Digest of the gateway's name for it.")
    taken_at = models.DateTimeField(db_index=True, help_text="When it was answered; kept a week.")

    class Meta:
        db_table = "sms_taken"


class SmsSenderHour(models.Model):
    """How many messages a number has sent in an hour."""

    pk = models.CompositePrimaryKey("mobile_key", "hour")
    mobile_key = models.UUIDField(help_text="Blind index of the number.")
    hour = models.DateTimeField(db_index=True, help_text="Beginning of the hour; kept two hours.")
    count = models.IntegerField(default=0, help_text="Messages so far.")

    class Meta:
        db_table = "sms_sender_hour"
