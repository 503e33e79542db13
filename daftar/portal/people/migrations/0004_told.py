"""Who can be told something by SMS, by country and mobile: campaigns meet each mobile once (S2.14).

On PostgreSQL it is built beside the running service, however long that takes; cut off, it can be run again.
"""

from django.db import migrations, models

INDEX = models.Index(
    fields=["jurisdiction", "mobile_key", "insured_region"],
    condition=models.Q(mobile_verified=True, withdrawn=False, death_date=None),
    name="person_told",
)


def build(apps, editor):
    """Make the new one, then let go of the old."""
    person = apps.get_model("people", "Person")
    if editor.connection.vendor != "postgresql":
        editor.execute("DROP INDEX IF EXISTS person_told")
        editor.add_index(person, INDEX)
        editor.execute("DROP INDEX IF EXISTS person_reached")
        return
    editor.execute("SET statement_timeout = 0")
    editor.execute("DROP INDEX CONCURRENTLY IF EXISTS person_told")
    editor.add_index(person, INDEX, concurrently=True)
    editor.execute("DROP INDEX CONCURRENTLY IF EXISTS person_reached")
    editor.execute("RESET statement_timeout")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0003_reached")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(build)],
            state_operations=[migrations.RemoveIndex("person", "person_reached"), migrations.AddIndex("person", INDEX)],
        ),
    ]
