from django.db import migrations, models


class Migration(migrations.Migration):
    """Since when the first person waits is read each minute; the table holds few rows except after a large feed."""

    dependencies = [("feeds", "0001_feeds")]

    operations = [
        migrations.AddIndex(model_name="coveragedue", index=models.Index(fields=["since"], name="coverage_due_since")),
    ]
