"""On PostgreSQL contributions are partitioned by month; later months are made ahead by daftar.store.months."""

from django.db import migrations

PARTITION = """
ALTER TABLE contribution RENAME TO contribution_plain;
CREATE TABLE contribution (LIKE contribution_plain INCLUDING DEFAULTS) PARTITION BY RANGE (month);
DROP TABLE contribution_plain;
ALTER TABLE contribution ADD PRIMARY KEY (key, month, kind);
CREATE TABLE contribution_other PARTITION OF contribution DEFAULT;
"""


def partition(apps, schema_editor):
    """Put the partitioned table in the place of the empty plain one."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PARTITION)


class Migration(migrations.Migration):
    dependencies = [("affiliation", "0001_facts")]
    operations = [migrations.RunPython(partition, migrations.RunPython.noop)]
