"""Table `settlement`: direct settlements of hospital stays, each version kept (contracts §2, S4.23).

Tables `quiz`, `quiz_attempt`, `quiz_decoy`, `quiz_clock`: the two questions before they are shown (S4.17-S4.22).
"""

from django.db import models


class Settlement(models.Model):
    """One version of a settlement; the highest version that is not withdrawn is the settlement as it stands.

    Amounts are whole numbers in the smallest unit of `currency`, absent where the source gave none.
    """

    pk = models.CompositePrimaryKey("settlement_id", "version")
    settlement_id = models.CharField(max_length=64, help_text="Number of the settlement at its source.")
    version = models.IntegerField(help_text="1 and up; corrections come as new versions.")
    key = models.UUIDField(db_index=True, help_text="Person who was treated.")
    kind = models.CharField(max_length=16, help_text="settled, refund, correction.")
    institution = models.CharField(max_length=32, help_text="Code of the institution.")
    admitted = models.DateField(help_text="Day of admission.")
    discharged = models.DateField(help_text="Day of discharge.")
    currency = models.CharField(max_length=3, help_text="ISO 4217.")
    refers_to = models.CharField(max_length=64, blank=True, default="", help_text="Settlement that it refunds.")
    direct = models.BooleanField(default=False, help_text="Settled directly at the hospital.")
    settled_at = models.DateTimeField(null=True, help_text="When it was settled.")
    insured_region = models.CharField(max_length=16, blank=True, default="", help_text="Region of the insurance.")
    treated_region = models.CharField(max_length=16, blank=True, default="", help_text="Region of the treatment.")
    insurance_type = models.CharField(max_length=32, blank=True, default="", help_text="Insurance type.")
    admission_type = models.CharField(max_length=32, blank=True, default="", help_text="Type of admission (住院类型).")
    pool_ratio = models.IntegerField(null=True, help_text="Share paid by the pooled fund, in hundredths of a percent.")
    total = models.BigIntegerField(help_text="What the stay cost.")
    fully_self_paid = models.BigIntegerField(null=True, help_text="Outside the catalogue, paid by oneself (全自费).")
    over_limit = models.BigIntegerField(null=True, help_text="Above the price limit (超限价自费).")
    pre_self_paid = models.BigIntegerField(null=True, help_text="Paid by oneself first (先行自付).")
    in_scope = models.BigIntegerField(null=True, help_text="Within the catalogue (符合范围).")
    deductible = models.BigIntegerField(null=True, help_text="Deductible (起付标准).")
    fund_pool = models.BigIntegerField(null=True, help_text="Pooled fund (统筹基金).")
    fund_civil = models.BigIntegerField(null=True, help_text="Civil servants' subsidy (公务员补助).")
    fund_enterprise = models.BigIntegerField(null=True, help_text="Enterprise supplement (企业补充).")
    fund_major_illness = models.BigIntegerField(null=True, help_text="Major-illness insurance (大病保险).")
    fund_large = models.BigIntegerField(null=True, help_text="Large-amount subsidy (大额补助).")
    fund_relief = models.BigIntegerField(null=True, help_text="Medical relief (医疗救助).")
    fund_other = models.BigIntegerField(null=True, help_text="Other funds (其他).")
    fund_total = models.BigIntegerField(null=True, help_text="Sum of the funds (基金合计).")
    personal = models.BigIntegerField(null=True, help_text="Borne by the person (个人负担).")
    account = models.BigIntegerField(null=True, help_text="Own account (个人账户).")
    shared_account = models.BigIntegerField(null=True, help_text="Family's shared account (共济).")
    cash = models.BigIntegerField(null=True, help_text="Cash (现金).")
    sealed = models.BinaryField(null=True, help_text="Department, inpatient number, diagnoses: sealed.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")

    class Meta:
        db_table = "settlement"


class Quiz(models.Model):
    """Where a person stands with the quiz; the row is locked while an answer is judged (S4.20)."""

    key = models.UUIDField(primary_key=True, help_text="Person who is asked.")
    draw = models.UUIDField(null=True, help_text="Random name of the questions that stand open.")
    choices = models.TextField(default="[]", help_text="JSON: codes of the hospitals in the order shown.")
    expires_at = models.DateTimeField(null=True, help_text="The open questions are taken until then.")
    given = models.BinaryField(null=True, help_text="Keyed digest of the answers that were judged last.")
    given_twice = models.BooleanField(default=False, help_text="They came once more: a double click, not judged.")
    locked_until = models.DateTimeField(null=True, help_text="24 hours after the third wrong one of a day.")
    closed_at = models.DateTimeField(null=True, help_text="When the ninth within thirty days was wrong.")
    day_counts_after = models.BigIntegerField(default=0, help_text="Attempt that locked; later ones count for a day.")
    counts_after = models.BigIntegerField(default=0, help_text="Last attempt before an office reopened it.")
    passed_at = models.DateTimeField(null=True, help_text="When the answers were right.")
    account = models.BigIntegerField(null=True, help_text="Account that passed.")
    stamp = models.BinaryField(null=True, help_text="Stamp of its credentials then; with another one it has not.")

    class Meta:
        db_table = "quiz"


class QuizAttempt(models.Model):
    """One submission that was judged: append-only."""

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(help_text="Person who was asked.")
    at = models.DateTimeField(help_text="When, by the clock of the quiz.")
    day = models.DateField(help_text="The calendar day of that, in the insurer's time zone.")
    wrong = models.BooleanField(help_text="Whether something differed from the data.")

    class Meta:
        db_table = "quiz_attempt"
        indexes = [models.Index(fields=["key", "at"], name="quiz_attempt_key")]


class QuizDecoy(models.Model):
    """One hospital of a list that a person was never in: drawn once, so that lists of two days do not differ."""

    pk = models.CompositePrimaryKey("key", "institution", "decoy")
    key = models.UUIDField(help_text="Person who is asked.")
    institution = models.CharField(max_length=32, help_text="Hospital of the stay that the list was made for.")
    decoy = models.CharField(max_length=32, help_text="Code of the other hospital.")

    class Meta:
        db_table = "quiz_decoy"


class QuizClock(models.Model):
    """The latest time ever seen: SQLite has no clock of its own, and one set back must not shorten a lock (S4.20)."""

    id = models.SmallIntegerField(primary_key=True, help_text="1; there is one row.")
    seen_at = models.DateTimeField(help_text="It only goes forward.")

    class Meta:
        db_table = "quiz_clock"
