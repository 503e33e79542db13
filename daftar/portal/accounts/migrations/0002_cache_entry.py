from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts")]

    operations = [
        migrations.CreateModel(
            name="CacheEntry",
            fields=[
                (
                    "cache_key",
                    models.CharField(help_text="Name of the entry.", max_length=255, primary_key=True, serialize=False),
                ),
                ("value", models.TextField(help_text="The entry, as Django writes it.")),
                (
                    "expires",
                    models.DateTimeField(db_index=True, help_text="From then on it is as if it were not there."),
                ),
            ],
            options={"db_table": "cache_entry"},
        ),
    ]
