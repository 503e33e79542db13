"""Days as instants: where a day begins in a jurisdiction."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from daftar.terms.jurisdictions import jurisdictions


def midnight(day: date, jurisdiction: str) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time(), ZoneInfo(jurisdictions()[jurisdiction].time_zone))
