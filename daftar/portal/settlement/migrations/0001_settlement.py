from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "settlement_id", "version", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("settlement_id", models.CharField(help_text="Number of the settlement at its source.", max_length=64)),
                ("version", models.IntegerField(help_text="1 and up; corrections come as new versions.")),
                ("key", models.UUIDField(db_index=True, help_text="Person who was treated.")),
                ("kind", models.CharField(help_text="settled, refund, correction.", max_length=16)),
                ("institution", models.CharField(help_text="Code of the institution.", max_length=32)),
                ("admitted", models.DateField(help_text="Day of admission.")),
                ("discharged", models.DateField(help_text="Day of discharge.")),
                ("currency", models.CharField(help_text="ISO 4217.", max_length=3)),
                (
                    "refers_to",
                    models.CharField(blank=True, default="", help_text="Settlement that it refunds.", max_length=64),
                ),
                ("direct", models.BooleanField(default=False, help_text="Settled directly at the hospital.")),
                ("settled_at", models.DateTimeField(help_text="When it was settled.", null=True)),
                (
                    "insured_region",
                    models.CharField(blank=True, default="", help_text="Region of the insurance.", max_length=16),
                ),
                (
                    "treated_region",
                    models.CharField(blank=True, default="", help_text="Region of the treatment.", max_length=16),
                ),
                (
                    "insurance_type",
                    models.CharField(blank=True, default="", help_text="Insurance type.", max_length=32),
                ),
                (
                    "admission_type",
                    models.CharField(blank=True, default="", help_text="Type of admission (住院类型).", max_length=32),
                ),
                (
                    "pool_ratio",
                    models.IntegerField(
                        help_text="Share paid by the pooled fund, in hundredths of a percent.", null=True
                    ),
                ),
                ("total", models.BigIntegerField(help_text="What the stay cost.")),
                (
                    "fully_self_paid",
                    models.BigIntegerField(help_text="Outside the catalogue, paid by oneself (全自费).", null=True),
                ),
                ("over_limit", models.BigIntegerField(help_text="Above the price limit (超限价自费).", null=True)),
                ("pre_self_paid", models.BigIntegerField(help_text="Paid by oneself first (先行自付).", null=True)),
                ("in_scope", models.BigIntegerField(help_text="Within the catalogue (符合范围).", null=True)),
                ("deductible", models.BigIntegerField(help_text="Deductible (起付标准).", null=True)),
                ("fund_pool", models.BigIntegerField(help_text="Pooled fund (统筹基金).", null=True)),
                ("fund_civil", models.BigIntegerField(help_text="Civil servants' subsidy (公务员补助).", null=True)),
                ("fund_enterprise", models.BigIntegerField(help_text="Enterprise supplement (企业补充).", null=True)),
                (
                    "fund_major_illness",
                    models.BigIntegerField(help_text="Major-illness insurance (大病保险).", null=True),
                ),
                ("fund_large", models.BigIntegerField(help_text="Large-amount subsidy (大额补助).", null=True)),
                ("fund_relief", models.BigIntegerField(help_text="Medical relief (医疗救助).", null=True)),
                ("fund_other", models.BigIntegerField(help_text="Other funds (其他).", null=True)),
                ("fund_total", models.BigIntegerField(help_text="Sum of the funds (基金合计).", null=True)),
                ("personal", models.BigIntegerField(help_text="Borne by the person (个人负担).", null=True)),
                ("account", models.BigIntegerField(help_text="Own account (个人账户).", null=True)),
                ("shared_account", models.BigIntegerField(help_text="Family's shared account (共济).", null=True)),
                ("cash", models.BigIntegerField(help_text="Cash (现金).", null=True)),
                ("sealed", models.BinaryField(help_text="Department, inpatient number, diagnoses: sealed.", null=True)),
                ("office", models.CharField(blank=True, default="", help_text="Office that sent it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "settlement",
            },
        ),
    ]
