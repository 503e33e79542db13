"""The one row that gates watch."""

from django.db import migrations


def first_version(apps, schema_editor):
    """Begin counting."""
    apps.get_model("organisations", "AccessChange").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_organisations")]
    operations = [migrations.RunPython(first_version, migrations.RunPython.noop)]
