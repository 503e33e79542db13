from django.db import migrations, models


class Migration(migrations.Migration):
    """A duty that is there already counts as done when it was last due: one that fails from now on is seen."""

    dependencies = [("monitoring", "0002_spans")]

    operations = [
        migrations.AddField(
            "duty",
            "done_at",
            models.DateTimeField(
                help_text="Beginning of the last turn that went well, or when it was first due.", null=True
            ),
        ),
        migrations.RunSQL("UPDATE watch_duty SET done_at = due_at", migrations.RunSQL.noop),
    ]
