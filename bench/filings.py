"""How many filings the rules decide in a second, with the filing made: at least 200, one after the other.

    python -m bench.filings --filings 300

On both databases, by the service that the page calls: submission, the facts of the person, the decision, two steps,
their rows of the journal, the notice, the filing; commit included. The drafts are filled in beforehand.
"""

import statistics
import time
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from bench.report import Figure, show
from bench.servers import each_database

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
YINGTAN, ZHEJIANG, HANGZHOU = "cn-360600", "cn-330000", "cn-330100"
LEAST_A_SECOND = 200.0
FIELDS = {
    "category": "long_term_resident",
    "destination": HANGZHOU,
    "starts": "2026-11-21",
    "address": "示例路1号",
    "contact_name": "示例联系人",
    "contact_phone": "+8613800138000",
    "contact_relation": "child",
    "letter": "2026-11",
    "letter_language": "zh",
    "letter_signed_at": NOW.isoformat(),
    "signed_name": "示例",
}
WARM = 20
"""The first ones, which read the directory and the law, are not counted."""


def main() -> None:
    """Both databases."""
    each_database("bench.filings", __doc__, measure, filings=300)


def measure(name: str, count: int) -> None:
    """Milliseconds of each filing; and of the processor, which a busy machine does not stretch."""
    import django

    django.setup()
    _place()
    drafts = [_drafted() for _ in range(count + WARM)]
    waited, worked = zip(*(_decided(*each) for each in drafts), strict=True)
    figures = (("a filing decided", waited), ("of it our processor", worked))
    show([Figure(f"{name}: {title}", "ms", values[WARM:]) for title, values in figures])
    rate = 1000 * count / sum(waited[WARM:])
    by_work = 1000 / statistics.median(worked[WARM:])
    print(f"{rate:.0f}/s of {LEAST_A_SECOND:.0f}/s: {'kept' if rate >= LEAST_A_SECOND else 'MISSED'}")
    print(f"{by_work:.0f}/s were our processor alone asked")


def _decided(case: Any, citizen: Any) -> tuple[float, float]:
    """One draft handed in: milliseconds by the clock and by the processor."""
    from daftar.portal.cases.services import case_submit

    began, worked = time.perf_counter(), time.process_time()
    done = case_submit(case=case.pk, version=case.version, by=citizen, at=NOW)
    taken = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)
    assert done.state == "approved", done.reasons
    return taken


def _drafted() -> tuple[Any, Any]:
    """A person who is insured, their account, and their draft with everything filled in."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.affiliation.models import Affiliation
    from daftar.portal.cases.services import case_begin, case_save
    from daftar.portal.entitlement.models import Coverage
    from daftar.portal.people.models import Person
    from daftar.terms.cases import CaseKind

    key, since = uuid4(), date(2020, 1, 1)
    Person.objects.create(key=key, jurisdiction="cn", insured_region=YINGTAN, sealed=b"", recorded_at=NOW)
    Affiliation.objects.create(affiliation_id=key.hex, key=key, kind="compulsory", starts=since, recorded_at=NOW)
    spans = {"basis": "compulsory", "reason": "covered", "reason_after": "spell_ended", "rule_version": "1"}
    Coverage.objects.create(key=key, insurer="cn-bmi", starts=since, **spans)
    citizen = Account.objects.create(user=key.hex, role="citizen", jurisdiction="cn", person_key=key)
    case = case_begin(kind=CaseKind.FILING, person=key, jurisdiction="cn", by=citizen, at=NOW)
    case = case_save(case=case.pk, version=1, fields=FIELDS, region=YINGTAN, by=citizen, at=NOW)
    return case, citizen


def _place() -> None:
    """Two provinces and cities, and a pooling region that settles directly."""
    from daftar.portal.directory.models import PoolingRegion, Region

    for code, level, parent in (
        ("cn", "country", ""),
        ("cn-360000", "province", "cn"),
        (YINGTAN, "city", "cn-360000"),
        (ZHEJIANG, "province", "cn"),
        (HANGZHOU, "city", ZHEJIANG),
    ):
        Region.objects.create(code=code, name=code, level=level, parent=parent, recorded_at=NOW)
    opened = {"opened_on": date(2017, 1, 1), "insurance_types": "310 390"}
    PoolingRegion.objects.create(code=HANGZHOU, name="杭州市", region=HANGZHOU, recorded_at=NOW, **opened)


if __name__ == "__main__":
    main()
