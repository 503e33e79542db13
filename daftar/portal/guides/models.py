"""Table `guide_reads`: how often each guide was opened (S4.27)."""

from django.db import models


class GuideReads(models.Model):
    """The count of a guide; who read it is not kept."""

    guide = models.CharField(primary_key=True, max_length=32, help_text="Name of the guide in its address.")
    reads = models.BigIntegerField(default=0, help_text="How often it was opened, in any language.")

    class Meta:
        db_table = "guide_reads"
