from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="Code of the institution.", max_length=32, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(help_text="Name.", max_length=200)),
                ("region", models.CharField(db_index=True, help_text="Administrative region.", max_length=16)),
                (
                    "level",
                    models.CharField(blank=True, default="", help_text="Hospital level (医院等级).", max_length=32),
                ),
                (
                    "institution_class",
                    models.CharField(blank=True, default="", help_text="Class (医疗机构分类).", max_length=64),
                ),
                ("address", models.CharField(blank=True, default="", help_text="Postal address.", max_length=300)),
                ("phone", models.CharField(blank=True, default="", help_text="Telephone.", max_length=64)),
                (
                    "opened_on",
                    models.DateField(help_text="First day of direct settlement; empty: from the beginning.", null=True),
                ),
                ("closed_on", models.DateField(help_text="Last day of direct settlement; empty is open.", null=True)),
                (
                    "cross_region",
                    models.BooleanField(default=False, help_text="Designated for other regions' insured."),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office that sent it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "institution",
            },
        ),
        migrations.CreateModel(
            name="PoolingRegion",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="Code of the pooling region.", max_length=16, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(help_text="Name.", max_length=100)),
                (
                    "region",
                    models.CharField(
                        db_index=True, help_text="Administrative region that it belongs to.", max_length=16
                    ),
                ),
                ("opened_on", models.DateField(help_text="Open from this day on; empty: not open yet.", null=True)),
                (
                    "insurance_types",
                    models.CharField(blank=True, default="", help_text="Codes, spaces between.", max_length=200),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office that sent it.", max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                ("withdrawn", models.BooleanField(default=False, help_text="Withdrawn by its source.")),
            ],
            options={
                "db_table": "pooling_region",
            },
        ),
    ]
