"""Tables `region`, `pooling_region`, `unit`, `office`, `institution`: the public directory (contracts §2).

`words` is filled by the feeds and by `services.entry_save` alone; so are `institution_term` and `directory_change`.
"""

from django.db import models

WORDS = "Name and code as they are searched: folded, by sound, by initials (daftar.terms.finding)."


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
    words = models.TextField(blank=True, default="", help_text=WORDS)

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
    words = models.TextField(blank=True, default="", help_text=WORDS)

    class Meta:
        db_table = "office"


class PoolingRegion(models.Model):
    """A region that pools its insurance fund (统筹区), open to direct settlement from a day on (S4.4)."""

    code = models.CharField(primary_key=True, max_length=16, help_text="Code of the pooling region.")
    name = models.CharField(max_length=100, help_text="Name.")
    region = models.CharField(max_length=16, db_index=True, help_text="Administrative region that it belongs to.")
    opened_on = models.DateField(null=True, help_text="Open from this day on; empty: not open yet.")
    insurance_types = models.CharField(max_length=200, blank=True, default="", help_text="Codes, spaces between.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")
    words = models.TextField(blank=True, default="", help_text=WORDS)

    class Meta:
        db_table = "pooling_region"


class Unit(models.Model):
    """居民单位: a village or neighbourhood committee under which residents are enrolled (S3.13)."""

    code = models.CharField(primary_key=True, max_length=32, help_text="Code of the unit.")
    name = models.CharField(max_length=100, help_text="Name of the committee.")
    pooling_region = models.CharField(max_length=16, help_text="Pooling region that insures its residents.")
    town = models.CharField(max_length=100, blank=True, default="", help_text="Town or street that it belongs to.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")
    words = models.TextField(blank=True, default="", help_text=WORDS)

    class Meta:
        db_table = "unit"
        indexes = [models.Index(fields=["pooling_region", "code"], name="unit_pooling_region")]


class Institution(models.Model):
    """A medical institution, designated for direct settlement or not (定点医疗机构, S4.6)."""

    code = models.CharField(primary_key=True, max_length=32, help_text="Code of the institution.")
    name = models.CharField(max_length=200, help_text="Name.")
    region = models.CharField(max_length=16, help_text="Administrative region.")
    level = models.CharField(max_length=32, blank=True, default="", help_text="Hospital level (医院等级).")
    institution_class = models.CharField(max_length=64, blank=True, default="", help_text="Class (医疗机构分类).")
    address = models.CharField(max_length=300, blank=True, default="", help_text="Postal address.")
    phone = models.CharField(max_length=64, blank=True, default="", help_text="Telephone.")
    opened_on = models.DateField(null=True, help_text="First day of direct settlement; empty: from the beginning.")
    closed_on = models.DateField(null=True, help_text="Last day of direct settlement; empty is open.")
    cross_region = models.BooleanField(default=False, help_text="Designated for other regions' insured.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")
    words = models.TextField(blank=True, default="", help_text=WORDS)

    class Meta:
        db_table = "institution"
        indexes = [models.Index(fields=["region", "code"], name="institution_region")]


class InstitutionTerm(models.Model):
    """One term under which an institution is found (ADR 0014). Bytes, so that both databases keep the same order."""

    pk = models.CompositePrimaryKey("whole", "term", "code")
    whole = models.BooleanField(help_text="The name or code from its beginning; otherwise from a later word on.")
    term = models.BinaryField(help_text="Folded letters in UTF-8, at most twenty letters.")
    code = models.CharField(max_length=32, help_text="Code of the institution.")

    class Meta:
        db_table = "institution_term"


class DirectoryChange(models.Model):
    """One counter, raised with every change of the directory: pages count and draw the tree of regions anew."""

    id = models.SmallIntegerField(primary_key=True, help_text="Always 1.")
    version = models.BigIntegerField(default=0, help_text="Raised by one with each change.")

    class Meta:
        db_table = "directory_change"


class DirectoryMend(models.Model):
    """One change of an entry by hand: append-only. Empty before: it was added; empty after: it was withdrawn."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16, help_text="institutions, offices, pooling-regions.")
    code = models.CharField(max_length=32, help_text="Code of the entry.")
    before = models.JSONField(help_text="Its fields as they were.")
    after = models.JSONField(help_text="Its fields as they were then.")
    reason = models.CharField(max_length=200, help_text="Why, in the words of who mended it.")
    by = models.CharField(max_length=64, help_text="Account that mended it.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office of that account.")
    at = models.DateTimeField(help_text="When.")

    class Meta:
        db_table = "directory_mend"
        indexes = [models.Index(fields=["kind", "code", "id"], name="directory_mend_entry")]
