from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        help_text="Blind index of the first identifier.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "jurisdiction",
                    models.CharField(help_text="Jurisdiction of the first identifier: ir, cn, …", max_length=8),
                ),
                ("sex", models.CharField(blank=True, default="", help_text="male, female or empty.", max_length=6)),
                ("birth_date", models.DateField(help_text="Gregorian.", null=True)),
                ("death_date", models.DateField(help_text="Gregorian; the day itself is still covered.", null=True)),
                (
                    "insured_region",
                    models.CharField(blank=True, default="", help_text="Region code of insurance.", max_length=16),
                ),
                (
                    "residence_region",
                    models.CharField(blank=True, default="", help_text="Region code of residence.", max_length=16),
                ),
                (
                    "card_state",
                    models.CharField(blank=True, default="", help_text="State of the card (S4.16).", max_length=16),
                ),
                (
                    "mobile_key",
                    models.UUIDField(db_index=True, help_text="Blind index of the mobile in E.164.", null=True),
                ),
                (
                    "mobile_verified",
                    models.BooleanField(default=False, help_text="Whether an office or the feed vouches for it."),
                ),
                (
                    "mobile_recorded_at",
                    models.DateTimeField(
                        help_text="When a counter registered the mobile; empty when the feed's stands.", null=True
                    ),
                ),
                ("sealed", models.BinaryField(help_text="Personal fields of contracts §2 as sealed JSON.")),
                (
                    "office",
                    models.CharField(
                        blank=True, default="", help_text="Office that sent the newest version.", max_length=16
                    ),
                ),
                ("recorded_at", models.DateTimeField(help_text="When the fact was recorded at its source.")),
                (
                    "withdrawn",
                    models.BooleanField(
                        default=False, help_text="Withdrawn by its source; kept so that older rows lose."
                    ),
                ),
            ],
            options={
                "db_table": "person",
            },
        ),
        migrations.CreateModel(
            name="PersonIdentifier",
            fields=[
                (
                    "key",
                    models.UUIDField(help_text="Blind index of this identifier.", primary_key=True, serialize=False),
                ),
                ("person_key", models.UUIDField(db_index=True, help_text="Key of the person.")),
                ("type", models.CharField(help_text="Identifier type: ir-national-code, …", max_length=24)),
                ("sealed", models.BinaryField(help_text="The number, sealed.")),
            ],
            options={
                "db_table": "person_identifier",
            },
        ),
    ]
