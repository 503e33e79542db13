"""Tables `case`, `case_step`, `material`, `reviewer`: what was submitted, and what was done to it (S3.12-S3.26)."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from daftar.terms.cases import ENDED, PENDING, CaseState

_DECIDED = ("approved", "refused")
_PLACES = ("jurisdiction", "province", "city", "region")


def _queue(level: str) -> models.Index:
    """Pending cases of a place, the longest waiting first; filters are judged in the index."""
    fields = [level, "queued_at", "id", "kind", "state", "office"]
    return models.Index(fields=fields, condition=Q(queued_at__isnull=False), name=f"case_queue_{level}")


def _decided(level: str) -> models.Index:
    """Decided cases of a place by the moment of their decision, for who looks them up (S3.17)."""
    fields = [level, "decided_at", "id", "kind", "state", "office", "decided_by"]
    return models.Index(fields=fields, condition=Q(decided_at__isnull=False), name=f"case_decided_{level}")


def _sent_back(level: str) -> models.Index:
    """Cases of a place that wait to be corrected, by since when."""
    fields = [level, "sent_back_at", "id", "kind", "state", "office"]
    return models.Index(fields=fields, condition=Q(sent_back_at__isnull=False), name=f"case_back_{level}")


class Case(models.Model):
    """Something submitted, decided by rule or by a reviewer. Its state changes in `services` alone."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=16, unique=True, help_text="Fourteen random digits, the last a check digit.")
    kind = models.CharField(max_length=12, help_text="enrolment, filing, revocation, objection.")
    state = models.CharField(
        max_length=10, help_text="draft, submitted, in_review, sent_back, approved, refused, withdrawn."
    )
    jurisdiction = models.CharField(max_length=8, help_text="Jurisdiction whose staff and rules decide.")
    person = models.UUIDField(db_index=True, help_text="Key of the person whom it is for, known or not.")
    applicant = models.UUIDField(db_index=True, help_text="Key of who submits: the person, or the principal.")
    matter = models.CharField(
        max_length=64, blank=True, default="", help_text="What of: a year, a filing; of each there is one open case."
    )
    province = models.CharField(max_length=16, blank=True, default="", help_text="Province of the region.")
    city = models.CharField(max_length=16, blank=True, default="", help_text="City of the region, or empty.")
    region = models.CharField(max_length=16, blank=True, default="", help_text="Region whose staff decides.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="The one office for it; empty: any.")
    version = models.IntegerField(default=1, help_text="Raised by one with each save.")
    made_at = models.DateTimeField(help_text="When it was begun.")
    submitted_at = models.DateTimeField(null=True, help_text="When it was last submitted.")
    queued_at = models.DateTimeField(null=True, help_text="Since when it waits for a reviewer; empty when it does not.")
    sent_back_at = models.DateTimeField(
        null=True, help_text="Since when it waits to be corrected; empty when it does not."
    )
    way = models.CharField(max_length=10, blank=True, default="", help_text="Policy at submission: manual, automatic.")
    four_eyes = models.BooleanField(default=False, help_text="Policy at submission: two reviewers must approve.")
    policy_version = models.CharField(max_length=32, blank=True, default="", help_text="Which policy that was.")
    claimed_by = models.CharField(max_length=64, blank=True, default="", help_text="Reviewer's account at it.")
    claimed_at = models.DateTimeField(null=True, help_text="Since when.")
    confirmed_by = models.CharField(max_length=64, blank=True, default="", help_text="First of two pairs of eyes.")
    confirmed_at = models.DateTimeField(null=True, help_text="When that one found it right.")
    decided_by = models.CharField(max_length=64, blank=True, default="", help_text="Reviewer's account, or `rules`.")
    decided_at = models.DateTimeField(null=True, help_text="When it was approved or refused.")
    reasons = models.CharField(
        max_length=400,
        blank=True,
        default="",
        help_text="Why it was sent back, decided or left to a reviewer: codes, spaces between.",
    )
    sealed = models.BinaryField(help_text="The form's fields, sealed.")

    class Meta:
        db_table = "case"
        indexes = [
            *(_queue(level) for level in _PLACES),
            *(_decided(level) for level in _PLACES),
            *(_sent_back(level) for level in _PLACES),
            models.Index(
                fields=["claimed_by", "queued_at", "id"], condition=Q(claimed_at__isnull=False), name="case_held"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="case_one_draft", fields=["applicant", "person", "kind"], condition=Q(state="draft")
            ),
            models.UniqueConstraint(
                name="case_one_open",
                fields=["person", "kind", "matter"],
                condition=Q(state__in=["submitted", "in_review", "sent_back"]) & ~Q(matter=""),
            ),
            models.CheckConstraint(
                name="case_queued",
                condition=Q(queued_at__isnull=False, state__in=["submitted", "in_review"])
                | Q(queued_at=None) & ~Q(state__in=["submitted", "in_review"]),
            ),
            models.CheckConstraint(
                name="case_sent_back",
                condition=Q(sent_back_at__isnull=False, state="sent_back")
                | Q(sent_back_at=None) & ~Q(state="sent_back"),
            ),
            models.CheckConstraint(
                name="case_claimed",
                condition=Q(state="in_review", claimed_at__isnull=False) & ~Q(claimed_by="")
                | ~Q(state="in_review") & Q(claimed_at=None, claimed_by=""),
            ),
            models.CheckConstraint(
                name="case_decision",
                condition=Q(state__in=_DECIDED, decided_at__isnull=False) & ~Q(decided_by="")
                | ~Q(state__in=_DECIDED) & Q(decided_at=None, decided_by=""),
            ),
            models.CheckConstraint(
                name="case_four_eyes",
                condition=~Q(state="approved")
                | Q(four_eyes=False)
                | Q(decided_by="rules")
                | ~Q(confirmed_by="") & ~Q(confirmed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="case_submitted", condition=Q(state="draft") | Q(state="withdrawn") | ~Q(way="")
            ),
        ]

    @property
    def acting_for(self) -> bool:
        """Whether somebody else than the person submits it."""
        return self.applicant != self.person

    @property
    def pending(self) -> bool:
        """Whether a reviewer is awaited or at it."""
        return CaseState(self.state) in PENDING

    @property
    def ended(self) -> bool:
        """Whether nothing happens any more."""
        return CaseState(self.state) in ENDED


class CaseStep(models.Model):
    """One act done to a case: append-only, the timeline of «办理进度查询» (S3.18)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", help_text="The case.")
    act = models.CharField(max_length=10, help_text="begin, save, submit, claim, release, confirm, approve …")
    state = models.CharField(max_length=10, help_text="State that it led to.")
    by = models.CharField(max_length=64, help_text="Account that did it, or `rules`.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office of staff.")
    at = models.DateTimeField(help_text="When.")
    reasons = models.CharField(max_length=400, blank=True, default="", help_text="Why: codes, spaces between.")
    sealed_note = models.BinaryField(default=b"", help_text="What the reviewer wrote to the applicant, sealed.")

    class Meta:
        db_table = "case_step"


class Material(models.Model):
    """证明材料: a file that belongs to a case, checked, drawn anew and sealed (S3.14). Lists leave `content` out."""

    id = models.UUIDField(primary_key=True, default=uuid4, help_text="Random; bound into the seals.")
    case = models.ForeignKey(Case, models.PROTECT, related_name="materials", help_text="The case.")
    what = models.CharField(max_length=32, blank=True, default="", help_text="Which material of the procedure it is.")
    media_type = models.CharField(max_length=32, help_text="application/pdf, image/jpeg, image/png.")
    size = models.IntegerField(help_text="Bytes in clear.")
    pages = models.SmallIntegerField(default=1, help_text="Pages; 1 for a picture.")
    fingerprint = models.UUIDField(help_text="Keyed, of what was uploaded: a double upload is one.")
    by = models.CharField(max_length=64, help_text="Account that added it.")
    at = models.DateTimeField(help_text="When.")
    removed_at = models.DateTimeField(null=True, help_text="When the applicant took it out again.")
    sealed_name = models.BinaryField(help_text="Name of the file, sealed.")
    content = models.BinaryField(help_text="The file, sealed.")

    class Meta:
        db_table = "material"
        constraints = [
            models.UniqueConstraint(
                name="material_once", fields=["case", "fingerprint", "what"], condition=Q(removed_at=None)
            )
        ]


class Reviewer(models.Model):
    """Which person is behind a reviewer's account: nobody reviews their own or their relatives' cases."""

    account = models.BigIntegerField(primary_key=True, help_text="The reviewer's account.")
    key = models.UUIDField(unique=True, help_text="The person behind it; one account a person.")
    recorded_by = models.CharField(max_length=64, help_text="Account that recorded it; never the reviewer's own.")
    recorded_at = models.DateTimeField(help_text="When.")

    class Meta:
        db_table = "reviewer"
