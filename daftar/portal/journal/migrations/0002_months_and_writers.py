"""On PostgreSQL the journal is partitioned by month; later months are made ahead by daftar.store.months."""

from django.db import migrations

PARTITION = """
ALTER TABLE inquiry RENAME TO inquiry_plain;
CREATE TABLE inquiry (LIKE inquiry_plain INCLUDING DEFAULTS) PARTITION BY RANGE (asked_at);
DROP TABLE inquiry_plain;
ALTER TABLE inquiry ADD PRIMARY KEY (id, asked_at);
CREATE INDEX inquiry_key ON inquiry (key);
CREATE INDEX inquiry_organisation ON inquiry (organisation, asked_at);
CREATE TABLE inquiry_other PARTITION OF inquiry DEFAULT;
"""
SHARED_WRITERS = 100
WRITERS = 1000


def partition(apps, schema_editor):
    """Put the partitioned table in the place of the empty plain one."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PARTITION)


def seat_writers(apps, schema_editor):
    """Writers 0-99 are shared under a row lock, 100-999 are leased by one session each."""
    writer = apps.get_model("journal", "Writer")
    writer.objects.bulk_create(
        [writer(number=number, shared=number < SHARED_WRITERS) for number in range(WRITERS)], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_journal")]
    operations = [
        migrations.RunPython(partition, migrations.RunPython.noop),
        migrations.RunPython(seat_writers, migrations.RunPython.noop),
    ]
