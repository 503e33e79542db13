"""The problem of a daily quota that is used up (S1.2)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from daftar.gate.problems import Problem
from daftar.terms.jurisdictions import jurisdictions


def quota_problem(jurisdiction: str, at: datetime) -> Problem:
    """Problem `quota-exceeded`; the quota is whole again when the jurisdiction's next day begins."""
    there = at.astimezone(ZoneInfo(jurisdictions()[jurisdiction].time_zone))
    tomorrow = datetime.combine(there.date() + timedelta(days=1), time(), there.tzinfo)
    return Problem("quota-exceeded", retry_after=max(1, int((tomorrow - there).total_seconds())))
