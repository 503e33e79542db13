"""Table `campaign`: one text to many. Whom it reaches stands in the outbox alone, until their message has left."""

from django.db import models


class Group(models.TextChoices):
    """Who is told."""

    PROVIDERS = "providers"  # chosen by type, ownership, province, and whether they check
    INSURED = "insured"  # chosen by region
    STAFF = "staff"  # chosen by role


class State(models.TextChoices):
    """How far a campaign is. What was stopped is not taken up again."""

    DRAFT = "draft"  # written, nobody has been told
    SENDING = "sending"  # confirmed: messages are put in the outbox, and leave
    STOPPED = "stopped"  # stopped by somebody; what had left had left
    DONE = "done"  # everybody of the group had a message, and none waits any more


class Campaign(models.Model):
    """One text in three languages to one group (S2.14)."""

    id = models.BigAutoField(primary_key=True)
    jurisdiction = models.CharField(max_length=8, help_text="Whose insurer sends it: ir, cn, …")
    name = models.CharField(max_length=100, help_text="What staff call it; nobody else sees it.")
    channel = models.CharField(max_length=8, help_text="sms or mail.")
    group = models.CharField(max_length=12, choices=Group, help_text="providers, insured, staff.")
    chosen = models.JSONField(help_text="Which of the group: type, ownership, province, checking, region, role.")
    subjects = models.JSONField(help_text="Subject of the mail by language; empty for SMS.")
    texts = models.JSONField(help_text="Text by language: fa, zh, en.")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, help_text="draft, sending, …")
    made_by = models.CharField(max_length=64, help_text="Account that wrote it.")
    made_at = models.DateTimeField(help_text="When it was written.")
    confirmed_by = models.CharField(max_length=64, blank=True, default="", help_text="Account that let it go.")
    confirmed_at = models.DateTimeField(null=True, help_text="When it was let go.")
    counted = models.BigIntegerField(null=True, help_text="Receivers, as they were last counted; empty: not yet.")
    counted_at = models.DateTimeField(null=True, help_text="When their counting ended.")
    counting = models.BigIntegerField(
        null=True, help_text="Receivers found so far while they are counted; empty: they are not."
    )
    count_mark = models.JSONField(default=list, help_text="The receiver up to whom they have been counted.")
    stopped_by = models.CharField(max_length=64, blank=True, default="", help_text="Account that stopped it.")
    ended_at = models.DateTimeField(null=True, help_text="When it was done or stopped.")
    mark = models.JSONField(default=list, help_text="The receiver up to whom messages have been put in the outbox.")
    all_put_at = models.DateTimeField(null=True, help_text="When everybody of the group had a message in the outbox.")
    put = models.BigIntegerField(default=0, help_text="Messages put in the outbox.")
    withdrawn = models.BigIntegerField(default=0, help_text="Of them, taken out again when it was stopped.")
    delivered = models.BigIntegerField(default=0, help_text="Messages that arrived and were forgotten since.")
    failed = models.BigIntegerField(default=0, help_text="Messages that failed and were forgotten since.")
    forgotten_at = models.DateTimeField(null=True, help_text="When the last of its messages was forgotten.")

    class Meta:
        db_table = "campaign"
        indexes = [models.Index(fields=["state"], condition=models.Q(state="sending"), name="campaign_sending")]
        constraints = [
            models.CheckConstraint(
                name="campaign_confirmed_by_somebody",
                condition=models.Q(state="draft", confirmed_at=None)
                | ~models.Q(state="draft") & models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by=""),
            )
        ]
