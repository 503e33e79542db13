"""Tables of the feeds' book-keeping (contracts §2, S2.15)."""

from django.db import models


class FeedBatch(models.Model):
    """One file or push, and how far it has come: a killed load goes on from `position`."""

    id = models.BigAutoField(primary_key=True)
    table = models.CharField(max_length=24, help_text="Feed table.")
    name = models.CharField(max_length=200, help_text="Batch name of a push, or the file's name.")
    digest = models.CharField(max_length=64, help_text="Digest of the content.")
    state = models.CharField(max_length=12, help_text="loading, loaded, refused.")
    position = models.BigIntegerField(default=0, help_text="Rows handled and committed.")
    rows = models.BigIntegerField(default=0, help_text="Rows read.")
    changed = models.BigIntegerField(default=0, help_text="Rows that changed the registry.")
    stale = models.BigIntegerField(default=0, help_text="Rows older than what is known.")
    pending = models.BigIntegerField(default=0, help_text="Rows that wait for their person.")
    quarantined = models.BigIntegerField(default=0, help_text="Rows refused.")
    problem = models.CharField(max_length=300, blank=True, default="", help_text="Why the file as a whole failed.")
    started_at = models.DateTimeField(help_text="First touched.")
    finished_at = models.DateTimeField(null=True, help_text="Loaded or refused.")

    class Meta:
        db_table = "feed_batch"
        constraints = [models.UniqueConstraint(fields=["table", "digest"], name="feed_batch_once")]


class FeedQuarantine(models.Model):
    """A row that was not let in, and why; its value is masked."""

    id = models.BigAutoField(primary_key=True)
    batch = models.BigIntegerField(db_index=True, help_text="Feed batch.")
    line = models.BigIntegerField(help_text="Line of the file, the header being 1.")
    column = models.CharField(max_length=64, help_text="Column at fault; empty: the whole row.")
    reason = models.CharField(max_length=64, help_text="Reason code.")
    masked = models.CharField(max_length=64, blank=True, default="", help_text="The value, masked.")

    class Meta:
        db_table = "feed_quarantine"


class FeedPending(models.Model):
    """A row about a person not yet known, tried again after each load of persons."""

    id = models.BigAutoField(primary_key=True)
    table = models.CharField(max_length=24, help_text="Feed table.")
    waits_for = models.UUIDField(db_index=True, help_text="Key of the person that is missing.")
    row_digest = models.UUIDField(unique=True, help_text="The same row waits once.")
    sealed = models.BinaryField(help_text="The row, sealed.")
    received_at = models.DateTimeField(help_text="When it came.")

    class Meta:
        db_table = "feed_pending"


class FeedOffice(models.Model):
    """The newest fact and the last contact of each office and table: the data's age (S2.15)."""

    pk = models.CompositePrimaryKey("office", "table")
    office = models.CharField(max_length=16, help_text="Office.")
    table = models.CharField(max_length=24, help_text="Feed table.")
    newest_fact = models.DateTimeField(help_text="Newest recorded_at.")
    last_contact = models.DateTimeField(help_text="When a batch came last.")

    class Meta:
        db_table = "feed_office"


class CoverageDue(models.Model):
    """Persons whose facts have changed and whose spans are not yet rebuilt: survives a kill between the two."""

    key = models.UUIDField(primary_key=True, help_text="Person.")
    since = models.DateTimeField(help_text="When the first change came.")

    class Meta:
        db_table = "coverage_due"
        indexes = [models.Index(fields=["since"], name="coverage_due_since")]
