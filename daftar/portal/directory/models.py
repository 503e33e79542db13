"""Tables `region` and `office` (contracts §2); institutions and pooling regions come with the public directory."""

from django.db import models


class Region(models.Model):
    """An administrative division: country, province, city or county."""

    code = models.CharField(primary_key=True, max_length=16, help_text="Official code, prefixed by jurisdiction.")
    name = models.CharField(max_length=100, db_index=True, help_text="Name in its own language.")
    level = models.CharField(max_length=10, help_text="country, province, city, county.")
    parent = models.CharField(max_length=16, blank=True, default="", db_index=True, help_text="Region above.")
    files_to = models.CharField(max_length=16, blank=True, default="", help_text="Where filings stop (S4.8).")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "region"


class Office(models.Model):
    """The insurer's own branch, brokerage or handling agency (شعبه · 经办机构)."""

    code = models.CharField(primary_key=True, max_length=16, help_text="Code in the feeds' column office.")
    kind = models.CharField(max_length=16, help_text="headquarters, province, branch, brokerage, handling.")
    name = models.CharField(max_length=200, help_text="Name.")
    department = models.CharField(max_length=100, blank=True, default="", help_text="Department (S4.9).")
    region = models.CharField(max_length=16, blank=True, default="", db_index=True, help_text="Region code.")
    address = models.CharField(max_length=300, blank=True, default="", help_text="Postal address.")
    phone = models.CharField(max_length=64, blank=True, default="", help_text="Telephone (S4.26).")
    postcode = models.CharField(max_length=16, blank=True, default="", help_text="Postcode.")
    parent = models.CharField(max_length=16, blank=True, default="", help_text="Office above.")
    sent_by = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent the row.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "office"
