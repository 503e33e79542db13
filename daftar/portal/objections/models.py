"""Table `objection`: what a case of the kind `objection` is about, beside the case itself (S2.12)."""

from django.db import models

from daftar.portal.cases.models import Case


class Objection(models.Model):
    """An objection to one answer; states, holder and steps are its case's. Written by `daftar.disclosure`."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, help_text="The case.")
    inquiry = models.BigIntegerField(db_index=True, help_text="The answer: id of its row in the journal.")
    channel = models.CharField(max_length=8, help_text="Channel by which it came: web, app, ussd, …")
    language = models.CharField(max_length=2, help_text="Language in which the person is told of it.")
    due_on = models.DateField(help_text="Day by which it is to be answered, by the law of the day it came.")
    answer_reason = models.CharField(max_length=40, help_text="Reason of the answer, as the journal has it.")
    taken_by = models.CharField(
        max_length=64, blank=True, default="", help_text="Account of the operator who took it down; empty: the person."
    )

    class Meta:
        db_table = "objection"
        indexes = [models.Index(fields=["due_on", "case"], name="objection_due")]
