"""Tables `affiliation`, `contribution` and `dependency`: the facts of insurance relationships (contracts §2)."""

from django.db import models


class Affiliation(models.Model):
    """A dated spell of insurance relationship (ارتباط بیمه‌ای) with a kind; both days inclusive."""

    affiliation_id = models.CharField(primary_key=True, max_length=64, help_text="The source's own number.")
    key = models.UUIDField(db_index=True, help_text="Person.")
    kind = models.CharField(max_length=16, help_text="compulsory, voluntary, … (contracts §1).")
    starts = models.DateField(help_text="First day.")
    ends = models.DateField(null=True, help_text="Last day; empty is open.")
    insurance_type = models.CharField(max_length=32, blank=True, default="", help_text="Insurance type code.")
    category = models.CharField(max_length=64, blank=True, default="", help_text="Category of the insured.")
    pooling_region = models.CharField(max_length=16, blank=True, default="", help_text="Pooling region code.")
    sealed = models.BinaryField(null=True, help_text="Pensioner number, workshop and employer, sealed.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that keeps the spell.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "affiliation"


class Contribution(models.Model):
    """Days paid for one month under one kind. Partitioned by month on PostgreSQL."""

    pk = models.CompositePrimaryKey("key", "month", "kind")
    key = models.UUIDField(help_text="Person.")
    month = models.DateField(help_text="First day of the month paid for.")
    kind = models.CharField(max_length=16, help_text="Kind of affiliation.")
    days = models.SmallIntegerField(help_text="Days paid, 0-31.")
    amount = models.BigIntegerField(null=True, help_text="In the currency's smallest unit.")
    currency = models.CharField(max_length=3, blank=True, default="", help_text="ISO 4217.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that received it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "contribution"


class Dependency(models.Model):
    """A spell in which one person lives on the insurance of another."""

    pk = models.CompositePrimaryKey("key", "main_key", "starts")
    key = models.UUIDField(help_text="The dependant.")
    main_key = models.UUIDField(db_index=True, help_text="The main insured.")
    starts = models.DateField(help_text="First day.")
    relation = models.CharField(max_length=16, help_text="spouse, son, daughter, father, mother.")
    ends = models.DateField(null=True, help_text="Last day; empty is open.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that keeps it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "dependency"
