"""Table `settlement`: direct settlements of hospital stays, each version kept (contracts §2, S4.23)."""

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
    institution = models.CharField(max_length=32, db_index=True, help_text="Code of the institution.")
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
