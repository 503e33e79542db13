"""Tables of the watch over the service: counts of the journal, of requests and of the probe; alerts (S2.15, S2.16).

Nothing personal is in them. They are counted from the journal and can be counted anew; the journal is the record.
"""

from django.db import models

CHANNEL = "web, api, app, sms, ussd, fhir, file, counter."
JURISDICTION = "Jurisdiction; empty where nothing says which."


class Duty(models.Model):
    """Something that one process at a time does now and then; whoever moves `due_at` on does it."""

    name = models.CharField(primary_key=True, max_length=16, help_text="tally, probe, alerts, forgetting.")
    due_at = models.DateTimeField(help_text="Not before this.")
    done_at = models.DateTimeField(
        null=True, help_text="Beginning of the last turn that went well, or when it was first due."
    )

    class Meta:
        db_table = "watch_duty"


class TallyReading(models.Model):
    """How far the journal of a writer has been counted; moved on in the transaction that counts."""

    writer = models.SmallIntegerField(primary_key=True, help_text="Whose rows.")
    sequence = models.BigIntegerField(help_text="Sequence of the last row counted.")

    class Meta:
        db_table = "tally_reading"


class Scope(models.TextChoices):
    """Whose inquiries a tally counts. Every journal row counts once in each of the four."""

    JURISDICTION = "jurisdiction"  # place: its code
    PROVINCE = "province"  # place: region of the organisation or office that asked; empty for the insured themselves
    OFFICE = "office"  # place: the office that keeps the organisation, or the one that asked
    ORGANISATION = "organisation"  # place: the organisation that asked; empty for everybody else


class InquiryTally(models.Model):
    """How often somebody asked on a day, by channel, mode and outcome; the probe is left out (S2.11, S2.16)."""

    pk = models.CompositePrimaryKey("scope", "place", "day", "channel", "mode", "outcome")
    scope = models.CharField(max_length=12, choices=Scope, help_text="jurisdiction, province, office, organisation.")
    place = models.CharField(max_length=32, help_text="Code within the scope; empty where there is none.")
    day = models.DateField(help_text="Calendar day in the jurisdiction of who asked.")
    channel = models.CharField(max_length=8, help_text=CHANNEL)
    mode = models.CharField(max_length=16, help_text="general, specific, affiliation, or another kind of disclosure.")
    outcome = models.CharField(max_length=24, help_text="covered, not_covered, …")
    asked = models.BigIntegerField(help_text="Rows of the journal.")

    class Meta:
        db_table = "inquiry_tally"
        indexes = [models.Index(fields=["scope", "day", "place"], name="inquiry_tally_day")]


class InquirySpan(models.Model):
    """What an organisation's tallies of days add up to over the spans of the providers' report (S2.11).

    Counted are answered inquiries in general mode, over so many days up to `span_reading.through`; moved on with the
    tally in one transaction. Who empties `inquiry_tally` to count anew empties this, `span_reading`, `tally_reading`.
    """

    pk = models.CompositePrimaryKey("jurisdiction", "place")
    jurisdiction = models.CharField(max_length=8, help_text="In whose calendar day the spans end.")
    place = models.CharField(max_length=32, help_text="Code of the organisation.")
    first_day = models.DateField(help_text="First day on which it ever asked.")
    last_day = models.DateField(help_text="Last day on which it asked.")
    asked_7 = models.BigIntegerField(help_text="Inquiries of 7 days.")
    days_7 = models.IntegerField(help_text="Of 7 days, those on which it asked.")
    asked_30 = models.BigIntegerField(help_text="Inquiries of 30 days.")
    days_30 = models.IntegerField(help_text="Of 30 days, those on which it asked.")
    asked_90 = models.BigIntegerField(help_text="Inquiries of 90 days.")
    days_90 = models.IntegerField(help_text="Of 90 days, those on which it asked.")
    asked_365 = models.BigIntegerField(help_text="Inquiries of 365 days.")
    days_365 = models.IntegerField(help_text="Of 365 days, those on which it asked.")

    class Meta:
        db_table = "inquiry_span"


class SpanReading(models.Model):
    """On which day the spans of a jurisdiction end: until the day after has been added, the report adds days up."""

    jurisdiction = models.CharField(primary_key=True, max_length=8, help_text="Whose calendar day.")
    through = models.DateField(help_text="Last day of the spans.")

    class Meta:
        db_table = "span_reading"


class InquiryMinute(models.Model):
    """The same by minute, for a fortnight: how many inquiries a second."""

    pk = models.CompositePrimaryKey("minute", "jurisdiction", "channel", "mode", "outcome")
    minute = models.DateTimeField(help_text="Beginning of the minute.")
    jurisdiction = models.CharField(max_length=8, help_text=JURISDICTION)
    channel = models.CharField(max_length=8, help_text=CHANNEL)
    mode = models.CharField(max_length=16, help_text="As in `inquiry_tally`.")
    outcome = models.CharField(max_length=24, help_text="As in `inquiry_tally`.")
    asked = models.BigIntegerField(help_text="Rows of the journal.")

    class Meta:
        db_table = "inquiry_minute"


class TrafficMinute(models.Model):
    """Requests of a minute at one door of the service, over all processes: how many, how they ended, how long."""

    pk = models.CompositePrimaryKey("minute", "door")
    minute = models.DateTimeField(help_text="Beginning of the minute.")
    door = models.CharField(max_length=8, help_text="web, app, api, sms, ussd, fhir.")
    requests = models.BigIntegerField(help_text="Answered in any way.")
    refused = models.BigIntegerField(help_text="Refused with 4xx.")
    failed = models.BigIntegerField(help_text="Failed with 5xx.")
    le_10 = models.BigIntegerField(help_text="Took at most 10 ms.")
    le_25 = models.BigIntegerField(help_text="Longer, at most 25 ms.")
    le_50 = models.BigIntegerField(help_text="Longer, at most 50 ms.")
    le_100 = models.BigIntegerField(help_text="Longer, at most 100 ms.")
    le_250 = models.BigIntegerField(help_text="Longer, at most 250 ms.")
    le_500 = models.BigIntegerField(help_text="Longer, at most 500 ms.")
    le_1000 = models.BigIntegerField(help_text="Longer, at most 1 s.")
    le_2000 = models.BigIntegerField(help_text="Longer, at most 2 s.")
    longer = models.BigIntegerField(help_text="Took longer than 2 s.")

    class Meta:
        db_table = "traffic_minute"


class ProbeResult(models.Model):
    """What the probe's known question on a channel brought in one minute; kept for a week."""

    pk = models.CompositePrimaryKey("channel", "asked_at")
    channel = models.CharField(max_length=8, help_text=CHANNEL)
    asked_at = models.DateTimeField(help_text="When the probe asked.")
    working = models.BooleanField(help_text="Whether the known answer came.")
    milliseconds = models.IntegerField(help_text="How long it took.")
    problem = models.CharField(max_length=24, blank=True, default="", help_text="What was wrong, as a word of ours.")

    class Meta:
        db_table = "probe_result"


class ProbeDay(models.Model):
    """The probe's results of a day, for the history of the status page; kept."""

    pk = models.CompositePrimaryKey("channel", "jurisdiction", "day")
    channel = models.CharField(max_length=8, help_text=CHANNEL)
    jurisdiction = models.CharField(max_length=8, help_text="Whose calendar day.")
    day = models.DateField(help_text="The day.")
    asked = models.IntegerField(help_text="Questions of the probe.")
    failed = models.IntegerField(help_text="Without the known answer.")

    class Meta:
        db_table = "probe_day"


class Alert(models.Model):
    """A threshold that was crossed: raised, told again while it lasts, resolved."""

    id = models.BigAutoField(primary_key=True)
    rule = models.CharField(max_length=32, help_text="Name of the rule in the table of thresholds.")
    subject = models.CharField(max_length=32, blank=True, default="", help_text="Channel or office it is about.")
    value = models.FloatField(help_text="What was measured last.")
    raised_at = models.DateTimeField(help_text="When it was first told.")
    told_at = models.DateTimeField(help_text="When it was last told.")
    resolved_at = models.DateTimeField(null=True, help_text="When it was over; empty: it lasts.")

    class Meta:
        db_table = "alert"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"], condition=models.Q(resolved_at=None), name="alert_lasts_once"
            )
        ]


class AlertPending(models.Model):
    """Since when a threshold is crossed that has not been crossed for long enough to be an alert."""

    pk = models.CompositePrimaryKey("rule", "subject")
    rule = models.CharField(max_length=32, help_text="As in `alert`.")
    subject = models.CharField(max_length=32, blank=True, default="", help_text="As in `alert`.")
    since = models.DateTimeField(help_text="When it was crossed.")

    class Meta:
        db_table = "alert_pending"


class AlertCall(models.Model):
    """An alert that is to be told by webhook, durable until it was taken; it may be told twice, under the same id."""

    id = models.BigAutoField(primary_key=True)
    alert = models.BigIntegerField(null=True, help_text="Alert that it tells; its calls are posted in their order.")
    body = models.TextField(help_text="JSON as it is posted.")
    created_at = models.DateTimeField(help_text="When it was left here.")
    tries = models.SmallIntegerField(default=0, help_text="Times it was posted.")
    next_try_at = models.DateTimeField(null=True, help_text="Not before this; empty is at once.")
    sent_at = models.DateTimeField(null=True, help_text="When it was taken.")

    class Meta:
        db_table = "alert_call"
        indexes = [models.Index(fields=["alert", "id"], condition=models.Q(sent_at=None), name="alert_call_unsent")]
