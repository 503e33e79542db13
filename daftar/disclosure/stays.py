"""Where and when a person lay in hospital, and whether it was settled: asked before a filing is taken back (S3.26).

Two sources. A settlement as it stands, the highest version that is not withdrawn: of one that was refunded the stay is
open again, until another settlement of the same stay. And an admission that a hospital has recorded after an inpatient
inquiry, of which no settlement has come.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daftar.store.dialect import Connection, as_date, as_datetime, rows
from daftar.store.keys import Key
from daftar.terms.jurisdictions import Jurisdiction

LONGEST_STAY = timedelta(days=365)
"""How long an admission without settlement is taken to wait for one (assumed): later it was paid in another way."""

REFUND = "refund"

_SETTLED = """
SELECT s.settlement_id, s.kind, s.refers_to, s.institution, s.admitted, s.discharged, s.settled_at, s.treated_region
FROM settlement s WHERE s.key = ? AND NOT s.withdrawn AND NOT EXISTS (
  SELECT 1 FROM settlement n WHERE n.settlement_id = s.settlement_id AND n.version > s.version AND NOT n.withdrawn
)
"""

_ADMITTED = """
SELECT i.service_day, a.recorded_at, o.institution, h.region FROM inquiry i
JOIN admission a ON a.inquiry = i.id
JOIN organisation o ON o.code = a.organisation
JOIN institution h ON h.code = o.institution
WHERE i.key = ? AND i.setting = 'inpatient' AND a.payer = ? AND a.recorded_at >= ?
"""


@dataclass(frozen=True, slots=True)
class StayFound:
    """A stay: `region` is empty where its source gave none, `discharged` None goes on, `settled_on` None waits."""

    institution: str
    region: str
    admitted: date
    discharged: date | None = None
    settled_on: date | None = None


def stays_of(conn: Connection, person: Key, jurisdiction: Jurisdiction, *, at: datetime) -> list[StayFound]:
    """The stays of a person that are on record."""
    settled = _settled(conn, person, jurisdiction)
    waiting = [each for each in _admitted(conn, person, jurisdiction, at) if not _followed(each, settled)]
    return [*settled, *waiting]


def _settled(conn: Connection, person: Key, jurisdiction: Jurisdiction) -> list[StayFound]:
    """One for each stay that settlements tell of; a stay counts as settled when one of them stands."""
    found = rows(conn, _SETTLED, [person])
    refunded = {row[2] or row[0] for row in found if row[1] == REFUND}
    stays: dict[tuple[str, date], StayFound] = {}
    for number, kind, _, institution, admitted, discharged, settled_at, region in found:
        first, last = as_date(admitted), as_date(discharged)
        moment = as_datetime(settled_at) if kind != REFUND and number not in refunded else None
        day = jurisdiction.today(moment) if moment else None
        known = stays.get((institution, first)) if first else None
        if first and (known is None or known.settled_on is None):
            stays[institution, first] = StayFound(institution, region, first, last, day)
    return list(stays.values())


def _admitted(conn: Connection, person: Key, jurisdiction: Jurisdiction, at: datetime) -> list[StayFound]:
    found = rows(conn, _ADMITTED, [person, jurisdiction.insurer, at - LONGEST_STAY])
    return [
        StayFound(institution, region, as_date(day) or jurisdiction.today(as_datetime(recorded) or at))
        for day, recorded, institution, region in found
    ]


def _followed(admission: StayFound, settled: list[StayFound]) -> bool:
    """Whether a settlement of that hospital reaches to the day of the admission or beyond it."""
    return any(
        each.institution == admission.institution and (each.discharged is None or each.discharged >= admission.admitted)
        for each in settled
    )
