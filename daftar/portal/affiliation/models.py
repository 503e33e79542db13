"""Facts of insurance relationships (contracts §2): `affiliation`, `contribution`, `dependency`; and how organisations
ask about them: `inquiry_file` with its parts, and answers kept for a few hours, `kept_answer`."""

from uuid import uuid4

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
    known_since = models.DateTimeField(
        null=True, help_text="Since when the registry knows it as it is; empty: since recorded_at."
    )

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
    known_since = models.DateTimeField(
        null=True, help_text="Since when the registry knows it as it is; empty: since recorded_at."
    )

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
    known_since = models.DateTimeField(
        null=True, help_text="Since when the registry knows it as it is; empty: since recorded_at."
    )

    class Meta:
        db_table = "dependency"


class InquiryFile(models.Model):
    """A file of national codes that an organisation has sent to be answered line by line (S1.7, S1.29).

    The row and its parts are the queue themselves: who answers a part locks it, and its answers, its lines of the
    journal and the progress here are one transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, help_text="Random, so it can stand in an address.")
    organisation = models.CharField(max_length=32, help_text="Organisation that sent it.")
    kind = models.CharField(max_length=16, help_text="Kind of that organisation then: its columns.")
    account = models.CharField(max_length=64, help_text="Account that sent it.")
    jurisdiction = models.CharField(max_length=8, help_text="Whose identifiers and days its lines are.")
    language = models.CharField(max_length=2, help_text="Language of its answers.")
    reference_number = models.CharField(max_length=64, blank=True, default="", help_text="Letter of the inquiry.")
    reference_date = models.DateField(null=True, help_text="Date of that letter.")
    heading = models.CharField(max_length=200, help_text="Separator and columns of its lines, each on a line.")
    lines = models.IntegerField(help_text="Lines to answer.")
    done = models.IntegerField(default=0, help_text="Lines answered so far.")
    problems = models.IntegerField(default=0, help_text="Lines among them that could not be read.")
    outcomes = models.JSONField(default=dict, help_text="How many lines came to which outcome.")
    state = models.CharField(
        max_length=12, default="waiting", help_text="waiting, answering, answered, refused, forgotten."
    )
    problem = models.CharField(max_length=40, blank=True, default="", help_text="Why the rest was refused.")
    sent_at = models.DateTimeField(db_index=True, help_text="When it was sent.")
    finished_at = models.DateTimeField(null=True, help_text="When its last line was answered, or it was refused.")
    fetched_at = models.DateTimeField(null=True, help_text="When its answers were last fetched.")

    class Meta:
        db_table = "inquiry_file"
        indexes = [
            models.Index(fields=["organisation", "sent_at"], name="inquiry_file_organisation"),
            models.Index(fields=["state", "sent_at"], name="inquiry_file_state"),
        ]


class InquiryFilePart(models.Model):
    """Some thousand lines of a file: what is asked, and, once they are answered, the answers. Sealed both."""

    pk = models.CompositePrimaryKey("file", "number")
    file = models.UUIDField(help_text="The file.")
    number = models.IntegerField(help_text="0, 1, 2, … in the order of the file.")
    first_line = models.IntegerField(help_text="Number of its first line in the file; the heading is line 1.")
    asked = models.BinaryField(null=True, help_text="The lines as sent, compressed and sealed; gone once answered.")
    answered = models.BinaryField(null=True, help_text="The lines answered, compressed and sealed.")

    class Meta:
        db_table = "inquiry_file_part"


class KeptAnswer(models.Model):
    """An answer as it was told, for the account that asked to look at again for some hours; then it is forgotten."""

    inquiry = models.BigIntegerField(primary_key=True, help_text="The inquiry that it answers.")
    account = models.CharField(max_length=64, help_text="Account that asked.")
    sealed = models.BinaryField(help_text="The answer, sealed.")
    until = models.DateTimeField(db_index=True, help_text="From then on it is forgotten.")

    class Meta:
        db_table = "kept_answer"
