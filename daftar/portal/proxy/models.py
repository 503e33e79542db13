"""Table `proxy_binding`: a principal who acts for a member, how they were bound, and when it ended (S3.3-S3.11).

And `face_frame`: of each picture of a face check a keyed digest, so that none counts twice (ADR 0016).
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daftar.store.sealing import Fields, open_fields

TABLE = "proxy_binding"


class Way(models.TextChoices):
    """By what a member is bound."""

    FACE = "face"  # the member passed the face check (S3.8)
    COMMITMENT = "commitment"  # under 16 and without identity card: the principal's commitment letter (S3.9)
    OWN_CONFIRMATION = "own_confirmation"  # the member said yes in their own verified log-in, where the policy allows
    COUNTER = "counter"  # both were seen at an office


class Ended(models.TextChoices):
    """Why a binding is over."""

    BY_PRINCIPAL = "by_principal"
    BY_MEMBER = "by_member"
    SIXTEEN = "sixteen"  # bound by commitment letter, and the member is 16 (S3.10)
    DECLINED = "declined"  # asked, and the member said no
    WITHDRAWN = "withdrawn"  # asked, and the principal took it back
    UNANSWERED = "unanswered"  # asked, and the member did not answer in time


class Kinship(models.TextChoices):
    """What the member is to the principal (与本人关系); nothing rests on it (S3.6)."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    NOT_RELATED = "not_related"


class ProxyBinding(models.Model):
    """One binding, from the moment it was asked for; history stays. At most one of a principal and a member is open."""

    id = models.UUIDField(primary_key=True, default=uuid4, help_text="Random name, for addresses and sessions.")
    principal = models.UUIDField(help_text="Key of the person who acts.")
    member = models.UUIDField(db_index=True, help_text="Key of the person for whom.")
    jurisdiction = models.CharField(max_length=8, help_text="Jurisdiction of both, whose days count.")
    way = models.CharField(max_length=16, choices=Way, help_text="face, commitment, own_confirmation, counter.")
    asked_at = models.DateTimeField(help_text="When it was asked for.")
    bound_at = models.DateTimeField(null=True, help_text="Since when it stands; empty: the member has not answered.")
    last_day = models.DateField(null=True, help_text="Last day of a commitment: the one before the 16th birthday.")
    ended_at = models.DateTimeField(null=True, help_text="When it was over.")
    ended = models.CharField(max_length=16, blank=True, default="", choices=Ended, help_text="Why it is over.")
    ended_by = models.CharField(max_length=64, blank=True, default="", help_text="Account that ended it, if any did.")
    letter = models.CharField(max_length=16, blank=True, default="", help_text="Version of the commitment letter.")
    letter_language = models.CharField(
        max_length=2, blank=True, default="", help_text="In which it was read: fa, zh, en."
    )
    letter_agreed_at = models.DateTimeField(null=True, help_text="When «我已阅读并同意» was pressed.")
    face_check = models.UUIDField(null=True, unique=True, help_text="Face check that was passed; it binds once.")
    checked_by = models.CharField(
        max_length=64, blank=True, default="", help_text="Verifier of the face, or account of the counter."
    )
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office whose counter bound.")
    sealed = models.BinaryField(help_text="Names of both, kinship, and paper of a child without card, sealed.")

    class Meta:
        db_table = TABLE
        indexes = [
            models.Index(fields=["principal", "asked_at"], name="proxy_binding_principal"),
            models.Index(fields=["jurisdiction", "way", "asked_at"], name="proxy_binding_way"),
            models.Index(
                fields=["jurisdiction", "last_day"],
                name="proxy_binding_sixteen",
                condition=Q(ended_at=None, last_day__isnull=False),
            ),
            models.Index(fields=["asked_at"], name="proxy_binding_asked", condition=Q(ended_at=None, bound_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="proxy_binding_open_once", fields=["principal", "member"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="proxy_binding_two_persons", condition=~Q(principal=F("member"))),
            models.CheckConstraint(
                name="proxy_binding_ended",
                condition=Q(ended_at=None, ended="") | Q(ended_at__isnull=False) & ~Q(ended=""),
            ),
            models.CheckConstraint(
                name="proxy_binding_letter",
                condition=Q(way="commitment", letter_agreed_at__isnull=False, last_day__isnull=False) & ~Q(letter="")
                | ~Q(way="commitment") & Q(letter_agreed_at=None, last_day=None, letter="", letter_language=""),
            ),
            models.CheckConstraint(
                name="proxy_binding_proof",
                condition=Q(way="face", face_check__isnull=False, bound_at__isnull=False) & ~Q(checked_by="")
                | Q(way="counter", face_check=None, bound_at__isnull=False) & ~Q(checked_by="")
                | Q(way="commitment", face_check=None, bound_at__isnull=False, checked_by="")
                | Q(way="own_confirmation", face_check=None, checked_by=""),
            ),
        ]

    @property
    def fields(self) -> Fields:
        """`principal_name`, `member_name`, `kinship`, and a child's `paper`, opened."""
        return open_fields(settings.SECRETS, TABLE, self.sealed)


class FaceFrame(models.Model):
    """One picture of a capture that was decided; nothing says whose, nor for whom."""

    digest = models.UUIDField(
        primary_key=True, help_text="Keyed digest of the picture's bytes; no face comes out of it."
    )
    judged_at = models.DateTimeField(db_index=True, help_text="When its capture was decided.")

    class Meta:
        db_table = "face_frame"
