"""How long an enrolment takes that the rules decide: submission, decision, affiliation and cover, commit included.

    python -m bench.enrolments --enrolments 60

One after the other, on both databases, by the service that the page calls: nobody waits for a batch. A third of it is
the rebuild of the person's cover (bench/household.py); what the decision itself takes, bench/cases.py measures.
"""

import statistics
import time
from datetime import UTC, date, datetime
from uuid import uuid4

from bench.report import Figure, show
from bench.servers import each_database

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
GANZHOU = "cn-360700"  # the rules decide there
FIELDS = {
    "pooling_region": GANZHOU,
    "unit": "360702910001",
    "unit_name": "示例社区居民委员会",
    "ethnicity": "汉族",
    "household_kind": "resident",
    "household_address": "示例路1号",
    "residence_address": "示例路1号",
    "phone": "+8613800138000",
    "category": "ordinary_resident",
    "starts": "2026-11-20",
}


def main() -> None:
    """Both databases."""
    each_database("bench.enrolments", __doc__, measure, enrolments=60)


def measure(name: str, count: int) -> None:
    """Milliseconds of each enrolment; and of the processor, which a busy machine does not stretch."""
    import django

    django.setup()
    _place()
    waited, worked = zip(*(_enrolled() for _ in range(count)), strict=True)
    show([Figure(f"{name}: an enrolment", "ms", waited[5:]), Figure(f"{name}: of it our processor", "ms", worked[5:])])
    print(f"{1000 / statistics.median(waited[5:]):.0f} enrolments/s, one after the other")
    print(f"{1000 / statistics.median(worked[5:]):.0f}/s were our processor alone asked")


def _enrolled() -> tuple[float, float]:
    """One person, begun and saved beforehand, handed in: milliseconds by the clock and by the processor."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.cases.services import case_begin
    from daftar.portal.enrolment.services import enrolment_submit, part_save
    from daftar.portal.people.models import Person
    from daftar.terms.cases import CaseKind, CaseState

    key = uuid4()
    Person.objects.create(
        key=key, jurisdiction="cn", birth_date=date(1980, 1, 1), insured_region=GANZHOU, sealed=b"", recorded_at=NOW
    )
    citizen = Account.objects.create(user=key.hex, role="citizen", jurisdiction="cn", person_key=key)
    case = case_begin(kind=CaseKind.ENROLMENT, person=key, jurisdiction="cn", by=citizen, at=NOW)
    case = part_save(case=case, version=1, part=FIELDS, by=citizen, at=NOW)
    began, worked = time.perf_counter(), time.process_time()
    done = enrolment_submit(case=case, version=case.version, by=citizen, at=NOW)
    taken = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)
    assert getattr(done, "state", None) == CaseState.APPROVED, done
    return taken


def _place() -> None:
    """The city, its province, its pooling region."""
    from daftar.portal.directory.models import PoolingRegion, Region

    for code, level, parent in (("cn-360000", "province", "cn"), (GANZHOU, "city", "cn-360000")):
        Region.objects.create(code=code, name=code, level=level, parent=parent, recorded_at=NOW)
    PoolingRegion.objects.create(code=GANZHOU, name="赣州市", region=GANZHOU, recorded_at=NOW)


if __name__ == "__main__":
    main()
