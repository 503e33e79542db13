from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "user",
                    models.CharField(help_text="Name to log in with; e-mail for citizens.", max_length=64, unique=True),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("citizen", "Citizen"),
                            ("operator", "Operator"),
                            ("supervisor", "Supervisor"),
                            ("administrator", "Administrator"),
                            ("counter", "Counter"),
                            ("reviewer", "Reviewer"),
                            ("hotline", "Hotline"),
                            ("insurer_admin", "Insurer Admin"),
                        ],
                        help_text="What the account is for.",
                        max_length=16,
                    ),
                ),
                (
                    "display_name",
                    models.CharField(blank=True, default="", help_text="Shown in the page header.", max_length=100),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, default="", help_text="Organisation code.", max_length=32),
                ),
                ("office", models.CharField(blank=True, default="", help_text="Office code of staff.", max_length=16)),
                ("person_key", models.UUIDField(help_text="The citizen behind it.", null=True, unique=True)),
                (
                    "jurisdiction",
                    models.CharField(
                        default="ir", help_text="Jurisdiction whose rules and days it sees.", max_length=8
                    ),
                ),
                ("is_active", models.BooleanField(default=True, help_text="Switched off at once when false.")),
            ],
            options={
                "db_table": "account",
            },
        ),
    ]
