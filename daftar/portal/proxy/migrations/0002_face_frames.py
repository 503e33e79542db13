from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proxy", "0001_proxy_bindings")]

    operations = [
        migrations.CreateModel(
            name="FaceFrame",
            fields=[
                (
                    "digest",
                    models.UUIDField(
                        help_text="Keyed digest of the picture's bytes; no face comes out of it.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "judged_at",
                    models.DateTimeField(db_index=True, help_text="When its capture was decided."),
                ),
            ],
            options={"db_table": "face_frame"},
        ),
    ]
