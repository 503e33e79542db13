"""The decision about the revocation of a filing (异地就医自助备案撤销, S3.23; «not with an unsettled stay», S3.26)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daftar.rules.filing_decision import StandingFiling
from daftar.terms.filings import FilingState


class RevocationReason(StrEnum):
    """Why a revocation is approved, or what stands against it. Texts: section `revocation_reason`."""

    APPROVED = "approved"  # nothing stands against it
    ALREADY_CANCELLED = "already_cancelled"  # it was revoked before
    ALREADY_ENDED = "already_ended"  # its last day is over, or it has none: its source has the days the wrong way round
    UNSETTLED_STAY = "unsettled_stay"  # a stay in the days of the filing has not been settled yet


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a hospital where the filing counts; `discharged` None goes on, `settled_on` None waits."""

    admitted: date
    discharged: date | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class RevocationVerdict:
    """The reason; `last_day` is the last one on which the filing counts, None where it never will have."""

    reason: RevocationReason
    last_day: date | None = None

    @property
    def approved(self) -> bool:
        """Whether nothing stands against it."""
        return self.reason == RevocationReason.APPROVED


def decide(filing: StandingFiling, stays: Sequence[Stay], *, day: date) -> RevocationVerdict:
    """Decide about taking a filing back on `day`: from that day on it counts no more."""
    if filing.state == FilingState.CANCELLED:
        return RevocationVerdict(RevocationReason.ALREADY_CANCELLED)
    if filing.state == FilingState.ENDED or (filing.ends and filing.ends < max(day, filing.starts)):
        return RevocationVerdict(RevocationReason.ALREADY_ENDED, filing.ends)
    if any(_waits(stay, filing, day) for stay in stays):
        return RevocationVerdict(RevocationReason.UNSETTLED_STAY, filing.ends)
    begun = filing.starts < day
    return RevocationVerdict(RevocationReason.APPROVED, day - timedelta(days=1) if begun else None)


def _waits(stay: Stay, filing: StandingFiling, day: date) -> bool:
    """Whether a stay is not settled on the day and shares a day with the filing."""
    settled = stay.settled_on is not None and stay.settled_on <= day
    over = stay.discharged is not None and stay.discharged < filing.starts
    return not settled and not over and (filing.ends is None or stay.admitted <= filing.ends)
