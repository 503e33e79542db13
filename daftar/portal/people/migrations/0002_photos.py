from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_registry")]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("key", models.UUIDField(help_text="Key of the person.", primary_key=True, serialize=False)),
                ("taken", models.DateField(help_text="When it was taken, where that is known.", null=True)),
                ("picture", models.BinaryField(help_text="The photograph as a JPEG of ours, sealed.", null=True)),
                (
                    "sealed",
                    models.BinaryField(
                        help_text="Its path and digest at the source, sealed; none from a counter.", null=True
                    ),
                ),
                (
                    "office",
                    models.CharField(blank=True, default="", help_text="Office that sent or took it.", max_length=16),
                ),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                (
                    "withdrawn",
                    models.BooleanField(default=False, help_text="Withdrawn or removed; kept so that older rows lose."),
                ),
            ],
            options={
                "db_table": "photo",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("picture", None), ("sealed", None), ("withdrawn", True))
                        | models.Q(("picture__isnull", False), ("withdrawn", False)),
                        name="photo_withdrawn_is_wiped",
                    )
                ],
            },
        ),
    ]
