"""Made-up organisations and their agreements: providers of the five types, funds, judicial, quasi-judicial bodies."""

from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts
from daftar.config.demo.identifiers import ir_mobile

PROVIDER_TYPES = {
    "physician": ("مطب دکتر نمونه", "示例诊所"),
    "pharmacy": ("داروخانه نمونه", "示例药店"),
    "paraclinic": ("آزمایشگاه نمونه", "示例检验中心"),
    "clinic": ("درمانگاه نمونه", "示例门诊部"),
    "hospital": ("بیمارستان نمونه", "示例医院"),
}
"""The five of S2.11, with a made-up name in Persian and Chinese."""

IR_HOSPITAL = "ir-hospital-8"
CN_HOSPITAL = "cn-hospital-360000"
FUND = "ir-fund-1"
JUDICIAL = "ir-court-1"
QUASI_JUDICIAL = "ir-police-1"
ENDED = "ir-clinic-ended"
ENDED_FUND = "ir-fund-ended"
NO_ELIGIBILITY = "ir-clinic-paper"
ENDING = "ir-clinic-closing"

PROVIDER_MOBILE_SERIAL = 99_000  # far from those of persons


def add_organisations(facts: Facts, days: Days) -> None:
    """Everyone who may ask, and a few who may not. Wants the regions first."""
    for region in facts.rows["regions"]:
        if region["level"] == "province":
            _add_providers(facts, days, str(region["code"]), str(region["name"]))
    _add(facts, FUND, "fund", "صندوق بیمه‌ای نمونه")
    _add(facts, "ir-fund-2", "fund", "نهاد حمایتی نمونه")
    _add(facts, JUDICIAL, "judicial", "دادگستری نمونه")
    _add(facts, QUASI_JUDICIAL, "quasi_judicial", "فرماندهی انتظامی نمونه")
    for code in (FUND, "ir-fund-2", JUDICIAL, QUASI_JUDICIAL):
        _agree(facts, code, days, "affiliation certificates")
    _add_refused(facts, days)


def _add_providers(facts: Facts, days: Days, province: str, name: str) -> None:
    country, digits = province.split("-")
    for turn, (provider_type, (persian, chinese)) in enumerate(PROVIDER_TYPES.items()):
        code = f"{country}-{provider_type}-{digits}"
        _add(
            facts,
            code,
            "provider",
            f"{name}{chinese}" if country == "cn" else f"{persian} {name}",
            province=province,
            provider_type=provider_type,
            ownership="owned" if (turn + len(name)) % 3 == 0 else "contracted",
        )
        _agree(facts, code, days, "eligibility")
        if country == "ir":
            _add_phone(facts, code, days)


def _add_phone(facts: Facts, code: str, days: Days) -> None:
    serial = PROVIDER_MOBILE_SERIAL + len(facts.rows["provider_phones"])
    facts.add(
        "provider_phones",
        "ir-hq",
        organisation=code,
        mobile=ir_mobile(serial),
        holder="پذیرش",
        starts=days.years(-2),
        ends=None,
    )


def _add_refused(facts: Facts, days: Days) -> None:
    """Who may not ask: no agreement in force any more, one without eligibility, and one that ends in a week.

    The fund's ended yesterday.
    """
    _add(facts, ENDED, "provider", "درمانگاه بی‌قرارداد", province="ir-8", provider_type="clinic")
    _agree(facts, ENDED, days, "eligibility", ends_in=-30)
    _add(facts, ENDED_FUND, "fund", "صندوق بی‌قرارداد")
    _agree(facts, ENDED_FUND, days, "affiliation certificates", ends_in=-1)
    _add(facts, NO_ELIGIBILITY, "provider", "درمانگاه کاغذی", province="ir-8", provider_type="clinic")
    _agree(facts, NO_ELIGIBILITY, days, "certificates")
    _add(facts, ENDING, "provider", "درمانگاه رو به پایان", province="ir-8", provider_type="clinic")
    _agree(facts, ENDING, days, "eligibility", ends_in=7)


def _add(
    facts: Facts,
    code: str,
    kind: str,
    name: str,
    *,
    province: str = "ir-8",
    provider_type: str = "",
    ownership: str = "",
) -> None:
    facts.add(
        "organisations",
        "cn-hq" if code.startswith("cn") else "ir-hq",
        code=code,
        kind=kind,
        name=name,
        province=province,
        address="",
        provider_type=provider_type,
        ownership=ownership or ("contracted" if kind == "provider" else ""),
    )


def _agree(facts: Facts, code: str, days: Days, purposes: str, *, ends_in: int | None = None) -> None:
    facts.add(
        "agreements",
        "cn-hq" if code.startswith("cn") else "ir-hq",
        organisation=code,
        number=f"T-{len(facts.rows['agreements']) + 1:04}",
        starts=days.years(-2),
        ends=None if ends_in is None else days.ago(-ends_in),
        purposes=purposes,
        daily_quota=None,
    )
