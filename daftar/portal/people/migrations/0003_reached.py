"""Who can be told something by SMS, by region: campaigns walk through it (S2.14)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_photos")]

    operations = [
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["insured_region", "mobile_key"],
                condition=models.Q(mobile_verified=True, withdrawn=False, death_date=None),
                name="person_reached",
            ),
        ),
    ]
