"""What the staff pages join from several rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from daftar.portal.directory.models import Office
from daftar.portal.feeds.models import FeedBatch, FeedOffice, FeedPending, FeedQuarantine
from daftar.portal.organisations.models import Organisation

NEWEST_BATCHES = 50
MOST_QUARANTINED = 200


@dataclass(frozen=True, slots=True)
class OfficeLag:
    """How old the newest fact of an office is, and when it was last heard of (S2.15)."""

    office: str
    name: str
    table: str
    newest_fact: datetime
    last_contact: datetime
    lag: timedelta

    @property
    def days(self) -> int:
        """Full days of lag."""
        return max(self.lag.days, 0)


def newest_batches() -> list[FeedBatch]:
    """The newest batches."""
    return list(FeedBatch.objects.order_by("-id")[:NEWEST_BATCHES])


def quarantine_of(batch: int) -> list[FeedQuarantine]:
    """Rows of a batch that were not let in, in the file's order."""
    return list(FeedQuarantine.objects.filter(batch=batch).order_by("line")[:MOST_QUARANTINED])


def pending_rows() -> int:
    """Rows that wait for their person."""
    return FeedPending.objects.count()


def office_lags(at: datetime) -> list[OfficeLag]:
    """Every office and table, the longest silent first."""
    names = dict(Office.objects.values_list("code", "name"))
    return [
        OfficeLag(
            row.office,
            names.get(row.office, row.office),
            row.table,
            row.newest_fact,
            row.last_contact,
            at - row.newest_fact,
        )
        for row in FeedOffice.objects.order_by("newest_fact")
    ]


def asked_by(inquiry: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Who asked, as names and codes: organisation, office and account of a row of the journal. Accounts stay codes."""
    found = []
    for model, column in ((Organisation, "organisation"), (Office, "office")):
        if code := inquiry[column]:
            found.append((model.objects.filter(code=code).values_list("name", flat=True).first() or "", code))
    return [*found, *([("", account)] if (account := inquiry["account"]) else [])]
