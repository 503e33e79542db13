"""Settlements of made-up stays, and a citizen of China who has passed the quiz; by Django's models and client."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from daftar.portal.accounts.credentials import credentials_stamp
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.directory.models import Institution, Region
from daftar.portal.settlement.models import Quiz, Settlement
from daftar.store.sealing import seal_fields
from tests.portal import world
from tests.portal.signing_up import log_in_by_mail

MAIL = "wangwei@example.cn"
HOSPITAL = "H31010100001"
HOSPITAL_NAME = "上海示例医院"
SEALED = ("department", "inpatient_number", "diagnosis_main", "diagnosis_other")

RIGHT: dict[str, Any] = {
    "total": 1_250_000,
    "fund_total": 900_000,
    "personal": 350_000,
    "fund_pool": 800_000,
    "fund_major_illness": 100_000,
    "account": 50_000,
    "shared_account": 0,
    "cash": 300_000,
    "in_scope": 1_100_000,
    "fully_self_paid": 100_000,
    "over_limit": 0,
    "pre_self_paid": 50_000,
    "deductible": 80_000,
    "pool_ratio": 8550,
}
"""Amounts that add up, in fen."""

SAID: dict[str, str] = {
    "department": "心血管内科",
    "inpatient_number": "ZY000123",
    "diagnosis_main": "冠状动脉粥样硬化性心脏病",
    "diagnosis_other": "高血压病",
}


def citizen() -> Account:
    """RESIDENT's account, mail confirmed alone: expenses ask for no more than the quiz (design §4)."""
    found = Account.objects.filter(user="resident").first()
    return found or account_make(
        user="resident",
        password=world.PASSWORD,
        role=Role.CITIZEN,
        mail=MAIL,
        name="王伟",
        person_key=world.key_of(world.RESIDENT),
        jurisdiction="cn",
    )


def pass_quiz(account: Account) -> None:
    """As if the questions had been answered."""
    Quiz.objects.update_or_create(
        key=account.person_key,
        defaults={"passed_at": datetime.now(UTC), "account": account.pk, "stamp": credentials_stamp(account)},
    )


def passed() -> Client:
    """The citizen logged in, past the quiz."""
    places()
    pass_quiz(citizen())
    return log_in_by_mail(MAIL, world.PASSWORD)


def places() -> None:
    """The regions and the hospital that settlements name."""
    for code, name, level, parent in (
        ("cn", "中国", "country", ""),
        ("cn-360000", "江西省", "province", "cn"),
        ("cn-360600", "鹰潭市", "city", "cn-360000"),
        ("cn-310000", "上海市", "province", "cn"),
        ("cn-310100", "市辖区", "city", "cn-310000"),
        ("cn-310101", "黄浦区", "county", "cn-310100"),
    ):
        Region.objects.get_or_create(
            code=code, defaults={"name": name, "level": level, "parent": parent, "recorded_at": world.long_ago()}
        )
    Institution.objects.get_or_create(
        code=HOSPITAL,
        defaults={
            "name": HOSPITAL_NAME,
            "region": "cn-310101",
            "level": "三级甲等",
            "cross_region": True,
            "recorded_at": world.long_ago(),
        },
    )


def settle(number: str, version: int = 1, *, key: UUID | None = None, **changes: Any) -> Settlement:
    """One version of a settlement of RESIDENT; amounts add up unless it is said otherwise."""
    made: dict[str, Any] = {
        "kind": "settled",
        "institution": HOSPITAL,
        "admitted": date(2025, 3, 2),
        "discharged": date(2025, 3, 9),
        "currency": "CNY",
        "direct": True,
        "settled_at": datetime(2025, 3, 9, 2, 30, tzinfo=UTC),
        "insured_region": "cn-360600",
        "treated_region": "cn-310101",
        "insurance_type": "310",
        "admission_type": "普通住院",
        "recorded_at": datetime(2025, 3, 10, tzinfo=UTC),
        **RIGHT,
        **SAID,
    }
    made |= changes
    sealed = {name: made.pop(name) for name in SEALED}
    return Settlement.objects.create(
        settlement_id=number,
        version=version,
        key=key or world.key_of(world.RESIDENT),
        sealed=seal_fields(settings.SECRETS, "settlement", sealed),
        **made,
    )


def refund(number: str, version: int = 1, *, of: str, **changes: Any) -> Settlement:
    """The whole of another taken back: amounts below zero, as feeds store them."""
    back = {name: -value for name, value in RIGHT.items() if name != "pool_ratio"}
    return settle(number, version, kind="refund", refers_to=of, **(back | {"pool_ratio": None} | changes))
