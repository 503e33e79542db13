from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="DirectoryMend",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(help_text="institutions, offices, pooling-regions.", max_length=16)),
                ("code", models.CharField(help_text="Code of the entry.", max_length=32)),
                ("before", models.JSONField(help_text="Its fields as they were.")),
                ("after", models.JSONField(help_text="Its fields as they were then.")),
                ("reason", models.CharField(help_text="Why, in the words of who mended it.", max_length=200)),
                ("by", models.CharField(help_text="Account that mended it.", max_length=64)),
                (
                    "office",
                    models.CharField(blank=True, default="", help_text="Office of that account.", max_length=16),
                ),
                ("at", models.DateTimeField(help_text="When.")),
            ],
            options={
                "db_table": "directory_mend",
                "indexes": [models.Index(fields=["kind", "code", "id"], name="directory_mend_entry")],
            },
        ),
    ]
