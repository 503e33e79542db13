"""Tables `ussd_dialogue` and `ussd_answer` (S2.20)."""

from django.db import models


class UssdDialogue(models.Model):
    """One dialogue of a telephone with the menu. What was said in it is wiped minutes after its last word.

    The row itself stays two days, so that a late or repeated word finds that the dialogue is over.
    """

    id = models.UUIDField(primary_key=True, help_text="Keyed digest of the gateway and its name for it.")
    caller = models.UUIDField(null=True, help_text="Blind index of the number that called; wiped with the rest.")
    began_at = models.DateTimeField(help_text="When the number dialled.")
    touched_at = models.DateTimeField(help_text="When its last word came.")
    turns = models.SmallIntegerField(default=0, help_text="Answers taken so far.")
    ended = models.BooleanField(default=False, help_text="Whether the last screen asked for nothing more.")
    sealed = models.BinaryField(null=True, help_text="Where in the menu it is and what it last showed, sealed.")

    class Meta:
        db_table = "ussd_dialogue"
        indexes = [
            models.Index(fields=["caller", "began_at"], name="ussd_dialogue_caller"),
            models.Index(fields=["touched_at"], name="ussd_dialogue_open", condition=models.Q(sealed__isnull=False)),
            models.Index(fields=["began_at"], name="ussd_dialogue_began"),
        ]


class UssdAnswer(models.Model):
    """An answer told to a number by USSD, so that its tracking code can be heard again for some days."""

    inquiry = models.BigIntegerField(primary_key=True, help_text="The inquiry's id.")
    caller = models.UUIDField(help_text="Blind index of the number that asked.")
    told_at = models.DateTimeField(help_text="When it was answered.")

    class Meta:
        db_table = "ussd_answer"
        indexes = [
            models.Index(fields=["caller", "told_at"], name="ussd_answer_caller"),
            models.Index(fields=["told_at"], name="ussd_answer_told"),
        ]
