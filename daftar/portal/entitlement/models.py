"""Tables of entitlement: evidence and who confirms it, covers and overlaps, past facts, own entitlement, admissions."""

from django.db import models


class Evidence(models.Model):
    """A paper seen at an office or confirmed by a connector (S2.13)."""

    pk = models.CompositePrimaryKey("key", "kind", "valid_from")
    key = models.UUIDField(help_text="Person whom the evidence is about.")
    kind = models.CharField(max_length=24, help_text="study_certificate, birth_certificate_seen, …")
    valid_from = models.DateField(help_text="First day that it proves.")
    valid_until = models.DateField(null=True, help_text="Last day that it proves; empty: the law's own term.")
    source = models.CharField(max_length=64, blank=True, default="", help_text="connector, counter, feed, or its own.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that saw it.")
    recorded_at = models.DateTimeField(help_text="When it was recorded.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")
    known_since = models.DateTimeField(
        null=True, help_text="Since when the registry knows it as it is; empty: since recorded_at."
    )

    class Meta:
        db_table = "evidence"


class ConnectorInquiry(models.Model):
    """When a registry was asked about a person's evidence last, and what it said (S2.13)."""

    pk = models.CompositePrimaryKey("key", "kind")
    key = models.UUIDField(help_text="Person asked about.")
    kind = models.CharField(max_length=24, help_text="Kind of evidence, as in evidence.")
    asked_at = models.DateTimeField(help_text="When it was asked last.")
    again_at = models.DateTimeField(help_text="The nightly work does not ask before.")
    outcome = models.CharField(
        max_length=16, help_text="asked, confirmed, not_found; or why there was no answer: away, refused, nonsense, …"
    )

    class Meta:
        db_table = "connector_inquiry"


class OtherCover(models.Model):
    """A spell of cover by another basic insurer, for coordination (S2.5)."""

    pk = models.CompositePrimaryKey("key", "insurer", "starts")
    key = models.UUIDField(help_text="Person.")
    insurer = models.CharField(max_length=32, help_text="Code of the other insurer.")
    starts = models.DateField(help_text="First day.")
    ends = models.DateField(null=True, help_text="Last day; empty is open.")
    sealed = models.BinaryField(null=True, help_text="Membership number, sealed.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office that reported it.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    withdrawn = models.BooleanField(default=False, help_text="Withdrawn by its source.")
    known_since = models.DateTimeField(
        null=True, help_text="Since when the registry knows it as it is; empty: since recorded_at."
    )

    class Meta:
        db_table = "other_cover"


class Coverage(models.Model):
    """A span of cover computed from facts by the law (design §5).

    Spans of one key and insurer never overlap: the newest start on or before a day decides it. An empty span
    (`ends` is the day before `starts`) covers nothing and says, from its start on, why.
    """

    pk = models.CompositePrimaryKey("key", "insurer", "starts")
    key = models.UUIDField(help_text="Person.")
    insurer = models.CharField(max_length=32, help_text="Code of the insurer that covers.")
    starts = models.DateField(help_text="First day.")
    ends = models.DateField(null=True, help_text="Last day; empty is open; the day before `starts`: no cover.")
    basis = models.CharField(max_length=16, help_text="On what the span rests: a kind, a relation, …")
    reason = models.CharField(max_length=40, help_text="Reason while the span lasts.")
    reason_after = models.CharField(max_length=40, help_text="Reason from the day after `ends` on.")
    rule_version = models.CharField(max_length=32, help_text="Version of the law set that computed it.")

    class Meta:
        db_table = "coverage"


class CoveragePast(models.Model):
    """A span as it stood until a rebuild replaced it: a past answer can still be explained."""

    key = models.UUIDField(db_index=True, help_text="Person.")
    insurer = models.CharField(max_length=32, help_text="As in coverage.")
    starts = models.DateField(help_text="As in coverage.")
    ends = models.DateField(null=True, help_text="As in coverage.")
    basis = models.CharField(max_length=16, help_text="As in coverage.")
    reason = models.CharField(max_length=40, help_text="As in coverage.")
    reason_after = models.CharField(max_length=40, help_text="As in coverage.")
    rule_version = models.CharField(max_length=32, help_text="As in coverage.")
    replaced_at = models.DateTimeField(help_text="When a rebuild replaced it.")

    class Meta:
        db_table = "coverage_past"


class FactPast(models.Model):
    """A fact as it stood until another took its place or its source withdrew it: a past answer can still be explained.

    It holds what the law reads, and the office, in clear as in its own table; nothing that is sealed there.
    """

    key = models.UUIDField(db_index=True, help_text="Person whom the fact was about.")
    table = models.CharField(max_length=16, help_text="Table that held it: affiliation, contribution, …, person.")
    said = models.TextField(help_text="Its columns as JSON; days are ISO, keys hex.")
    recorded_at = models.DateTimeField(help_text="When the fact was recorded at its source.")
    known_since = models.DateTimeField(help_text="Since when the registry knew it so.")
    replaced_at = models.DateTimeField(help_text="Until when the registry held it so.")
    withdrawn = models.BooleanField(help_text="Whether it was withdrawn, and nothing else took its place.")

    class Meta:
        db_table = "fact_past"


class Overlap(models.Model):
    """Days on which several basic insurers cover a person at once (S2.5); every rebuild of the spans renews it."""

    key = models.UUIDField(db_index=True, help_text="Person.")
    jurisdiction = models.CharField(max_length=8, help_text="Jurisdiction of the person.")
    starts = models.DateField(help_text="First day on which all of these insurers cover.")
    ends = models.DateField(null=True, help_text="Last such day; empty is open.")
    insurers = models.TextField(help_text="Codes of the insurers, in the order of the alphabet, a space between.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office responsible for the person.")

    class Meta:
        db_table = "overlap"
        indexes = [
            models.Index(fields=["jurisdiction", "-starts", "-id"], name="overlap_newest"),
            models.Index(fields=["jurisdiction", "insurers", "-starts", "-id"], name="overlap_insurers"),
            models.Index(fields=["jurisdiction", "office", "-starts", "-id"], name="overlap_office"),
            models.Index(fields=["jurisdiction", "insurers", "office", "starts", "ends"], name="overlap_counted"),
        ]


class OwnEntitlementChallenge(models.Model):
    """A one-time code sent to a mobile, waiting to be typed back (S2.8). Deleted a day after it expired."""

    challenge = models.UUIDField(primary_key=True, help_text="Random handle, known to the asker only.")
    key = models.UUIDField(help_text="Person asked about.")
    mobile_key = models.UUIDField(db_index=True, help_text="Mobile that the code went to.")
    applicant_key = models.UUIDField(null=True, help_text="Whose mobile it is; empty: nobody may see the answer.")
    ground = models.CharField(max_length=16, blank=True, default="", help_text="own, dependant, consent or proxy.")
    code_digest = models.BinaryField(help_text="Keyed digest of the code.")
    language = models.CharField(max_length=2, help_text="Reader's language.")
    created_at = models.DateTimeField(db_index=True, help_text="When it was sent.")
    expires_at = models.DateTimeField(help_text="From then on it opens nothing.")
    tries = models.SmallIntegerField(default=0, help_text="Wrong codes typed so far.")
    used_at = models.DateTimeField(null=True, help_text="When it was answered.")

    class Meta:
        db_table = "own_entitlement_challenge"


class OwnEntitlementMismatch(models.Model):
    """Mismatches of identifier and mobile, counted a day (requirements, S2.8/S2.9)."""

    pk = models.CompositePrimaryKey("day", "key", "network_digest")
    day = models.DateField(help_text="Calendar day in the jurisdiction's zone.")
    key = models.UUIDField(help_text="Person asked about, known or not.")
    network_digest = models.UUIDField(help_text="Keyed digest of the network address; all zeros: the sum of all.")
    count = models.IntegerField(default=0, help_text="Mismatches so far.")

    class Meta:
        db_table = "own_entitlement_mismatch"


class DependantConsent(models.Model):
    """That an adult dependant lets their main insured ask about their entitlement, said at an office (S2.8)."""

    key = models.UUIDField(help_text="The dependant.")
    main_key = models.UUIDField(help_text="The main insured.")
    given_on = models.DateField(
        help_text="Day where the dependant is insured; it holds for the dependency of that day."
    )
    given_at = models.DateTimeField(help_text="When it was recorded.")
    given_by = models.CharField(max_length=64, help_text="Account that saw the dependant.")
    office = models.CharField(max_length=16, blank=True, default="", help_text="Office of that account.")
    ended_at = models.DateTimeField(null=True, help_text="When the dependant ended it; empty: it stands.")
    ended_by = models.CharField(max_length=64, blank=True, default="", help_text="Account that recorded the end.")

    class Meta:
        db_table = "dependant_consent"
        constraints = [
            models.UniqueConstraint(fields=["key", "main_key"], condition=models.Q(ended_at=None), name="consent_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
                name="consent_ended_by_whom",
            ),
        ]


class Admission(models.Model):
    """The payer that a hospital chose for an admission after an inpatient inquiry (S2.5)."""

    inquiry = models.BigIntegerField(primary_key=True, help_text="The inquiry's id.")
    organisation = models.CharField(max_length=32, help_text="The hospital.")
    reference = models.CharField(max_length=64, help_text="The hospital's admission number.")
    payer = models.CharField(max_length=32, help_text="Code of the insurer chosen.")
    recorded_at = models.DateTimeField(help_text="When it was recorded.")

    class Meta:
        db_table = "admission"
