from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CoverageDue",
            fields=[
                ("key", models.UUIDField(help_text="Person.", primary_key=True, serialize=False)),
                ("since", models.DateTimeField(help_text="When the first change came.")),
            ],
            options={
                "db_table": "coverage_due",
            },
        ),
        migrations.CreateModel(
            name="FeedOffice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "office", "table", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office", models.CharField(help_text="Office.", max_length=16)),
                ("table", models.CharField(help_text="Feed table.", max_length=24)),
                ("newest_fact", models.DateTimeField(help_text="Newest recorded_at.")),
                ("last_contact", models.DateTimeField(help_text="When a batch came last.")),
            ],
            options={
                "db_table": "feed_office",
            },
        ),
        migrations.CreateModel(
            name="FeedPending",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table", models.CharField(help_text="Feed table.", max_length=24)),
                ("waits_for", models.UUIDField(db_index=True, help_text="Key of the person that is missing.")),
                ("row_digest", models.UUIDField(help_text="The same row waits once.", unique=True)),
                ("sealed", models.BinaryField(help_text="The row, sealed.")),
                ("received_at", models.DateTimeField(help_text="When it came.")),
            ],
            options={
                "db_table": "feed_pending",
            },
        ),
        migrations.CreateModel(
            name="FeedQuarantine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("batch", models.BigIntegerField(db_index=True, help_text="Feed batch.")),
                ("line", models.BigIntegerField(help_text="Line of the file, the header being 1.")),
                ("column", models.CharField(help_text="Column at fault; empty: the whole row.", max_length=64)),
                ("reason", models.CharField(help_text="Reason code.", max_length=64)),
                ("masked", models.CharField(blank=True, default="", help_text="The value, masked.", max_length=64)),
            ],
            options={
                "db_table": "feed_quarantine",
            },
        ),
        migrations.CreateModel(
            name="FeedBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table", models.CharField(help_text="Feed table.", max_length=24)),
                ("name", models.CharField(help_text="Batch name of a push, or the file's name.", max_length=200)),
                ("digest", models.CharField(help_text="Digest of the content.", max_length=64)),
                ("state", models.CharField(help_text="loading, loaded, refused.", max_length=12)),
                ("position", models.BigIntegerField(default=0, help_text="Rows handled and committed.")),
                ("rows", models.BigIntegerField(default=0, help_text="Rows read.")),
                ("changed", models.BigIntegerField(default=0, help_text="Rows that changed the registry.")),
                ("stale", models.BigIntegerField(default=0, help_text="Rows older than what is known.")),
                ("pending", models.BigIntegerField(default=0, help_text="Rows that wait for their person.")),
                ("quarantined", models.BigIntegerField(default=0, help_text="Rows refused.")),
                (
                    "problem",
                    models.CharField(
                        blank=True, default="", help_text="Why the file as a whole failed.", max_length=300
                    ),
                ),
                ("started_at", models.DateTimeField(help_text="First touched.")),
                ("finished_at", models.DateTimeField(help_text="Loaded or refused.", null=True)),
            ],
            options={
                "db_table": "feed_batch",
                "constraints": [models.UniqueConstraint(fields=("table", "digest"), name="feed_batch_once")],
            },
        ),
    ]
