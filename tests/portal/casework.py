"""What tests of cases stand on: two provinces, offices, reviewers of each, a principal and a member, a procedure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from daftar.portal.accounts.models import Account, Role
from daftar.portal.cases import procedures, review_services, services
from daftar.portal.cases.models import Case, Reviewer
from daftar.portal.cases.procedures import Decision, LeftToReviewer, Policy, Section
from daftar.portal.directory.models import Office, Region
from daftar.portal.notices.models import NoticeChannel
from daftar.portal.notices.services import choice_set
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import Fields
from daftar.terms.cases import CaseKind, CaseState, SendBackReason, Way
from tests.portal import world

PROVINCE, CITY, COUNTY, OTHER_COUNTY = "cn-990000", "cn-990100", "cn-990101", "cn-990102"
ELSEWHERE, CITY_ELSEWHERE = "cn-980000", "cn-980100"
REGIONS = {
    "cn": ("country", ""),
    PROVINCE: ("province", "cn"),
    CITY: ("city", PROVINCE),
    COUNTY: ("county", CITY),
    OTHER_COUNTY: ("county", CITY),
    ELSEWHERE: ("province", "cn"),
    CITY_ELSEWHERE: ("city", ELSEWHERE),
}
OFFICES = {
    "hq": ("headquarters", "", ""),
    "province": ("province", PROVINCE, "hq"),
    "city": ("handling", CITY, "province"),
    "county": ("handling", COUNTY, "city"),
    "county-2": ("handling", COUNTY, "city"),
    "elsewhere": ("handling", ELSEWHERE, "hq"),
}
MEMBER = ("cn-resident-id", world.cn_id(2, date(2018, 1, 1)), "")
STRANGER = ("cn-resident-id", world.cn_id(3, date(1990, 1, 1)), "")
MAIL = "wangwei@example.cn"
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
FIELDS = {"name": "王小明", "category": "child"}


@dataclass
class Recorded:
    """A procedure that does what the test says, and writes down what it was told to approve."""

    policies: Policy = field(default_factory=lambda: Policy(Way.MANUAL, version="1"))
    needed: tuple[str, ...] = ()
    decision: Decision | LeftToReviewer = field(default_factory=LeftToReviewer)
    failure: Exception | None = None
    approvals: list[tuple[str, Fields, str]] = field(default_factory=list)

    def policy(self, case: Case, *, at: datetime) -> Policy:
        return self.policies

    def missing(self, case: Case, fields: Fields, given: Collection[str]) -> Collection[str]:
        return set(self.needed) - set(given)

    def decide(self, case: Case, fields: Fields, *, at: datetime) -> Decision | LeftToReviewer:
        return self.decision

    def approved(self, case: Case, fields: Fields, *, by: str, at: datetime) -> None:
        Region.objects.create(code=f"made-{case.pk}", name="a fact", level="county", recorded_at=at)
        if self.failure:
            raise self.failure
        self.approvals.append((case.number, fields, by))

    def shown(self, case: Case, fields: Fields) -> Sequence[Section]:
        return [Section("a form", sorted(fields.items()))]

    def written_at(self, case: Case) -> str:
        return f"/en/written/{case.pk}/"


def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """Build the place, and give the procedure of its enrolments."""
    build()
    made = Recorded()
    monkeypatch.setitem(procedures._PROCEDURES, CaseKind.ENROLMENT, made)
    return made


def build() -> None:
    """The place."""
    for code, (level, parent) in REGIONS.items():
        Region.objects.create(code=code, name=code, level=level, parent=parent, recorded_at=NOW)
    for code, (kind, region, parent) in OFFICES.items():
        Office.objects.create(code=code, kind=kind, name=code, region=region, parent=parent, recorded_at=NOW)
    world.person(MEMBER, "小明", "王", date(2018, 1, 1), "male", jurisdiction="cn")
    world.person(STRANGER, "丽", "李", date(1990, 1, 1), "female", jurisdiction="cn")
    for user, made in (("principal", world.RESIDENT), ("stranger", STRANGER), ("member", MEMBER)):
        _account(user, Role.CITIZEN, person_key=world.key_of(made))
    choice_set(world.key_of(world.RESIDENT), channel=NoticeChannel.MAIL, mail=MAIL, language="zh")
    ProxyBinding.objects.create(
        principal=world.key_of(world.RESIDENT),
        member=world.key_of(MEMBER),
        jurisdiction="cn",
        way="counter",
        checked_by="counter",
        asked_at=NOW,
        bound_at=NOW,
        sealed=b"",
    )
    for number, office in enumerate(OFFICES):
        reviewer(office, office=office, serial=100 + number)
    reviewer("county-b", office="county", serial=150)
    _account("boss", Role.INSURER_ADMIN)


def _account(user: str, role: Role, **fields: object) -> Account:
    return Account.objects.create(user=user, role=role, jurisdiction="cn", **fields)


def reviewer(user: str, *, office: str, serial: int) -> Account:
    """A reviewer whose person is on record: a resident of some number."""
    made = _account(user, Role.REVIEWER, office=office)
    key = reviewers_person(serial)
    Reviewer.objects.create(account=made.pk, key=key, recorded_by="boss", recorded_at=NOW)
    return made


def reviewers_person(serial: int) -> UUID:
    """The key of a reviewer's person."""
    return world.key_of(("cn-resident-id", world.cn_id(serial, date(1970, 1, 1)), ""))


def who(user: str) -> Account:
    """An account by its name."""
    return Account.objects.get(user=user)


def begun(person: tuple[str, str, str] = MEMBER, *, by: str = "principal") -> Case:
    """A draft."""
    return services.case_begin(
        kind=CaseKind.ENROLMENT, person=world.key_of(person), jurisdiction="cn", by=who(by), at=NOW
    )


def saved(
    person: tuple[str, str, str] = MEMBER, *, by: str = "principal", region: str = COUNTY, **options: str
) -> Case:
    """A draft that is filled in."""
    case = begun(person, by=by)
    return services.case_save(
        case=case.pk, version=case.version, fields=FIELDS, region=region, by=who(by), at=NOW, **options
    )


def submitted(
    person: tuple[str, str, str] = MEMBER,
    *,
    by: str = "principal",
    region: str = COUNTY,
    at: datetime = NOW,
    **options: str,
) -> Case:
    """A case that was submitted."""
    case = saved(person, by=by, region=region, **options)
    return services.case_submit(case=case.pk, version=case.version, by=who(by), at=at)


def claimed(by: str = "county", **options: str) -> Case:
    """A case that a reviewer is at."""
    return review_services.case_claim(case=submitted(**options).pk, by=who(by), at=later(1))


def sent_back() -> Case:
    """A case that came back to be corrected."""
    case = claimed()
    reasons = [SendBackReason.MATERIAL_UNREADABLE]
    return review_services.case_send_back(
        case=case.pk, reasons=reasons, note="第二页不清楚", by=who("county"), at=later(2)
    )


def later(hours: int) -> datetime:
    """Some hours after everything was made."""
    return NOW + timedelta(hours=hours)


def state(case: Case) -> CaseState:
    """The state in the database."""
    return CaseState(Case.objects.get(pk=case.pk).state)
