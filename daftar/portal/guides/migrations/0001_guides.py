from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="GuideReads",
            fields=[
                (
                    "guide",
                    models.CharField(
                        help_text="Name of the guide in its address.",
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "reads",
                    models.BigIntegerField(default=0, help_text="How often it was opened, in any language."),
                ),
            ],
            options={
                "db_table": "guide_reads",
            },
        ),
    ]
