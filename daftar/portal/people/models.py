"""Tables `person` and `person_identifier`. Personal fields are sealed; what the law computes with stands in clear."""

from django.db import models


class Person(models.Model):
    """A human being known to the insurer, under the blind index of their first identifier."""

    key = models.UUIDField(primary_key=True, help_text="Blind index of the first identifier.")
    jurisdiction = models.CharField(max_length=8, help_text="Jurisdiction of the first identifier: ir, cn, …")
    sex = models.CharField(max_length=6, blank=True, default="", help_text="male, female or empty.")
    birth_date = models.DateField(null=True, help_text="Gregorian.")
    death_date = models.DateField(null=True, help_text="Gregorian; the day itself is still covered.")
    insured_region = models.CharField(max_length=16, blank=True, default="", help_text="Region code of insurance.")
    residence_region = models.CharField(max_length=16, blank=True, default="", help_text="Region code of residence.")
    card_state = models.CharField(max_length=16, blank=True, default="", help_text="State of the card (S4.16).")
    mobile_key = models.UUIDField(null=True, db_index=True, help_text="Blind index of the mobile in E.164.")
    mobile_verified = models.BooleanField(default=False, help_text="Whether an office or the feed vouches for it.")
    mobile_recorded_at = models.DateTimeField(
        null=True, help_text="When a counter registered the mobile; empty when the feed's stands."
    )
    sealed = models.BinaryField(help_text="Personal fields of contracts §2 as sealed JSON.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent the newest version.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source; kept so that older rows lose.")
    known_since = models.DateTimeField(
        null=True, help_text="Since when the registry knows sex and days as they are; empty: since recorded_at."
    )

    class Meta:
        db_table = "person"
        indexes = [
            models.Index(
                fields=["jurisdiction", "mobile_key", "insured_region"],
                condition=models.Q(mobile_verified=True, withdrawn=False, death_date=None),
                name="person_told",
            )
        ]


class PersonIdentifier(models.Model):
    """An identifier of a person; the first one decides the jurisdiction."""

    key = models.UUIDField(primary_key=True, help_text="Blind index of this identifier.")
    person_key = models.UUIDField(db_index=True, help_text="Key of the person.")
    type = models.CharField(max_length=24, help_text="Identifier type: ir-national-code, …")
    sealed = models.BinaryField(help_text="The number, sealed.")

    class Meta:
        db_table = "person_identifier"


class Photo(models.Model):
    """The reference photograph of a person, which a face check compares with (S3.4, S3.8)."""

    key = models.UUIDField(primary_key=True, help_text="Key of the person.")
    taken = models.DateField(null=True, help_text="When it was taken, where that is known.")
    picture = models.BinaryField(null=True, help_text="The photograph as a JPEG of ours, sealed.")
    sealed = models.BinaryField(null=True, help_text="Its path and digest at the source, sealed; none from a counter.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that sent or took it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn or removed; kept so that older rows lose.")

    class Meta:
        db_table = "photo"
        constraints = [
            models.CheckConstraint(
                name="photo_withdrawn_is_wiped",
                condition=models.Q(withdrawn=True, picture=None, sealed=None)
                | models.Q(withdrawn=False, picture__isnull=False),
            )
        ]
