"""Tables `hiding` and `look_case`: what may change after a look stands here, so that its journal row never does."""

from django.db import models


class Hiding(models.Model):
    """A judicial look that the person does not see until a date (X.5). The newest one of a look counts."""

    inquiry = models.BigIntegerField(db_index=True, help_text="The journal's id of the look.")
    key = models.UUIDField(db_index=True, help_text="Key of the person, as in the journal.")
    organisation = models.CharField(max_length=32, help_text="Organisation that looked and hides it.")
    hidden_until = models.DateTimeField(help_text="It opens then, by itself.")
    wanted_until = models.DateTimeField(
        null=True, help_text="Longer than one person may decide: counts once a second one has confirmed it."
    )
    sealed = models.BinaryField(help_text="The reason, sealed.")
    decided_by = models.CharField(max_length=64, help_text="Supervisor's account.")
    decided_at = models.DateTimeField(help_text="When it was decided.")
    confirmed_by = models.CharField(max_length=64, blank=True, default="", help_text="The second supervisor's account.")
    confirmed_at = models.DateTimeField(null=True, help_text="When the second one confirmed.")

    class Meta:
        db_table = "hiding"
        constraints = [
            models.CheckConstraint(
                name="hiding_second_person",
                condition=models.Q(confirmed_at=None, confirmed_by="")
                | models.Q(confirmed_at__isnull=False, wanted_until__isnull=False)
                & ~models.Q(confirmed_by="")
                & ~models.Q(confirmed_by=models.F("decided_by")),
            )
        ]


class LookCase(models.Model):
    """A look that the person questions; the insurer answers (X.5)."""

    inquiry = models.BigIntegerField(help_text="The journal's id of the look.")
    person_key = models.UUIDField(help_text="Who asks.")
    jurisdiction = models.CharField(max_length=8, help_text="Jurisdiction of the person, whose staff answers.")
    question = models.BinaryField(help_text="What the person wrote, sealed.")
    asked_at = models.DateTimeField(help_text="When it was asked.")
    answer = models.BinaryField(default=b"", help_text="What the insurer answered, sealed; empty while it is open.")
    answered_by = models.CharField(max_length=64, blank=True, default="", help_text="Account that answered.")
    answered_at = models.DateTimeField(null=True, db_index=True, help_text="When it was answered.")

    class Meta:
        db_table = "look_case"
        constraints = [
            models.UniqueConstraint(name="look_case_once", fields=["inquiry", "person_key"]),
            models.CheckConstraint(
                name="look_case_answered",
                condition=models.Q(answered_at=None, answered_by="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answered_by=""),
            ),
        ]

    @property
    def state(self) -> str:
        """`open` or `answered`."""
        return "answered" if self.answered_at else "open"
