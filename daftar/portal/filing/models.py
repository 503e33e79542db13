"""Table `filing`: treatment in another region, filed at the insured place (异地就医备案, S4.10, S4.16)."""

from django.db import models


class Filing(models.Model):
    """One filing as its source or a decided case has it (contracts §2)."""

    filing_id = models.CharField(primary_key=True, max_length=64, help_text="Number of the filing at its source.")
    key = models.UUIDField(db_index=True, help_text="Person whom it is for.")
    category = models.CharField(max_length=32, help_text="Category of the filing (domain-facts 2.10).")
    destination_region = models.CharField(max_length=16, help_text="Region of the treatment (S4.7, S4.8).")
    starts = models.DateField(help_text="First day.")
    ends = models.DateField(null=True, help_text="Last day; empty is open.")
    state = models.CharField(max_length=16, blank=True, default="", help_text="State at its source.")
    insured_region = models.CharField(max_length=16, blank=True, default="", help_text="Region of the insurance.")
    insurance_type = models.CharField(max_length=32, blank=True, default="", help_text="Insurance type.")
    source = models.CharField(max_length=32, blank=True, default="", help_text="Where it was filed.")
    sealed = models.BinaryField(null=True, help_text="Contact's name and telephone, address: sealed.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "filing"
