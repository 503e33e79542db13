"""Made-up treatment in other regions: filings, stays in made-up hospitals, and how each was paid (S4.16, S4.23)."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from daftar.config.demo.days import Days
from daftar.config.demo.facts import Facts, Row
from daftar.rules.destination import files_to_province
from daftar.terms.jurisdictions import jurisdictions

SHARE_TREATED = 0.06
MOST_STAYS = 4
DEPARTMENTS = ("心内科", "骨科", "普外科", "呼吸内科", "神经内科", "消化内科", "肾内科", "眼科")
DIAGNOSES = {
    "心内科": ("冠状动脉粥样硬化性心脏病", "高血压病"),
    "骨科": ("腰椎间盘突出症", "骨质疏松"),
    "普外科": ("胆囊结石伴慢性胆囊炎", ""),
    "呼吸内科": ("社区获得性肺炎", "支气管哮喘"),
    "神经内科": ("脑梗死", "高血压病"),
    "消化内科": ("胃溃疡", "慢性胃炎"),
    "肾内科": ("慢性肾脏病", "贫血"),
    "眼科": ("老年性白内障", ""),
}
CURRENCY = "CNY"
RATIO = 6_500
"""Share of the pooled fund in hundredths of a percent."""
DEDUCTIBLE = 100_000  # fen
LARGE = 5_000_000  # fen; above it the major-illness insurance pays half of what is left
RESIDENT, EMPLOYEE = "390", "310"
TEMPORARY = ("referral", "emergency", "other_temporary")


@dataclass(frozen=True, slots=True)
class Patient:
    """Who is treated: the columns that name them, their office, where and how they are insured."""

    identifier: Row
    office: str
    region: str
    insurance_type: str = RESIDENT


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a hospital; `total` in fen."""

    hospital: str
    admitted: date
    nights: int
    total: int
    department: str = DEPARTMENTS[0]

    @property
    def discharged(self) -> date:
        """Day on which it ended."""
        return self.admitted + timedelta(days=self.nights)


@dataclass
class Treatment:
    """Adds filings and settlements to `facts`."""

    facts: Facts
    days: Days
    random: Random = field(default_factory=lambda: Random("treatment"))

    def filing(
        self, patient: Patient, category: str, region: str, starts: date, ends: date | None = None, state: str = ""
    ) -> None:
        """One filing; its state goes by its last day unless said."""
        over = ends is not None and ends < self.days.today
        serial = len(self.facts.rows["filings"]) + 1
        self.facts.add(
            "filings",
            patient.office,
            filing_id=f"BA{starts:%Y%m%d}{serial:05}",
            **patient.identifier,
            category=category,
            destination_region=region,
            starts=starts,
            ends=ends,
            state=state or ("ended" if over else "in_force"),
            insured_region=patient.region,
            insurance_type=patient.insurance_type,
            source="online" if category in TEMPORARY else "counter",
            contact_name="示例联系人",
            contact_phone=f"0701-0{serial:06}",
            address=f"示例路{serial}号",
        )

    def settlement(
        self,
        patient: Patient,
        stay: Stay,
        *,
        number: str = "",
        version: int = 1,
        kind: str = "settled",
        refers_to: str = "",
        direct: bool = True,
        settled: bool = True,
        **wrong: int,
    ) -> str:
        """One version of a settlement, not `settled` yet when said; returns its number. `wrong` amounts replace those
        that add up."""
        serial = len(self.facts.rows["settlements"]) + 1
        number = number or f"JS{stay.discharged:%Y%m%d}{serial:05}"
        main, other = DIAGNOSES[stay.department]
        amounts = paid(stay.total, employee=patient.insurance_type == EMPLOYEE) | wrong
        sign = -1 if kind == "refund" else 1
        self.facts.add(
            "settlements",
            patient.office,
            settlement_id=number,
            version=version,
            **patient.identifier,
            kind=kind,
            institution=stay.hospital,
            admitted=stay.admitted,
            discharged=stay.discharged,
            currency=CURRENCY,
            refers_to=refers_to,
            direct=direct,
            settled_at=_at(stay.discharged, serial) if settled else None,
            insured_region=patient.region,
            treated_region=self._region_of(stay.hospital),
            insurance_type=patient.insurance_type,
            department=stay.department,
            admission_type="普通住院",
            inpatient_number=f"ZY{serial:08}",
            diagnosis_main=main,
            diagnosis_other=other,
            pool_ratio=f"{RATIO / 10_000:.4f}",
            **{name: sign * amount for name, amount in amounts.items()},
        )
        return number

    def _region_of(self, hospital: str) -> str:
        return f"cn-{hospital[1:7]}"

    def hospitals(self) -> list[Row]:
        """Those of China's provinces and cities, all open to the insured of other regions."""
        wanted = ("cn-hq", True, None)
        return [
            row
            for row in self.facts.rows["institutions"]
            if (row["office"], row["cross_region"], row["closed_on"]) == wanted and str(row["level"]).startswith("三级")
        ]

    def of_many(self, persons: list[Row]) -> None:
        """Filings and stays of some of these persons of China, over six years."""
        random, hospitals = self.random, self.hospitals()
        employees = {row["id_number"] for row in self.facts.rows["affiliations"] if row["kind"] == "compulsory"}
        for row in persons:
            if row["id_type"] != "cn-resident-id" or random.random() >= SHARE_TREATED:
                continue
            identifier: Row = {"id_type": row["id_type"], "id_number": row["id_number"]}
            kind = EMPLOYEE if row["id_number"] in employees else RESIDENT
            patient = Patient(identifier, str(row["office"]), str(row["insured_region"]), kind)
            for _ in range(random.randint(1, MOST_STAYS)):
                self._treat(patient, random.choice(hospitals), row["birth_date"])

    def _treat(self, patient: Patient, hospital: Row, birth: object) -> None:
        random = self.random
        nights = random.randint(1, 25)
        admitted = self.days.ago(random.randint(nights + 3, 2_100))
        if isinstance(birth, date) and admitted <= birth:
            return
        self.filing(
            patient,
            random.choice(TEMPORARY),
            filed_to(str(hospital["region"]), self.days.today),
            admitted - timedelta(days=random.randint(0, 9)),
            admitted + timedelta(days=random.randint(30, 180)),
        )
        total = nights * random.randint(60_000, 300_000) + random.randint(0, 99)
        stay = Stay(str(hospital["code"]), admitted, nights, total, random.choice(DEPARTMENTS))
        self.settlement(patient, stay)


def filed_to(region: str, at: date) -> str:
    """Where treatment in a region of China is filed to: the province where that is enough (S4.8), else its city."""
    province = f"{region[:5]}0000"
    if province in files_to_province("cn", at):
        return province
    return region if region[5] == "9" else f"{region[:7]}00"  # counties under the province itself begin with 9


def paid(total: int, *, employee: bool) -> dict[str, int]:
    """How a stay was paid; the identities of contracts §2 hold."""
    outside, over_limit, first = total * 6 // 100, total // 100, total * 8 // 100
    in_scope = total - outside - over_limit - first
    deductible = min(DEDUCTIBLE, in_scope)
    pool = (in_scope - deductible) * RATIO // 10_000
    major = (in_scope - deductible - pool) // 2 if total > LARGE else 0
    fund_total = pool + major
    personal = total - fund_total
    account = personal * 2 // 5 if employee else 0
    return {
        "total": total,
        "fully_self_paid": outside,
        "over_limit": over_limit,
        "pre_self_paid": first,
        "in_scope": in_scope,
        "deductible": deductible,
        "fund_pool": pool,
        "fund_civil": 0,
        "fund_enterprise": 0,
        "fund_major_illness": major,
        "fund_large": 0,
        "fund_relief": 0,
        "fund_other": 0,
        "fund_total": fund_total,
        "personal": personal,
        "account": account,
        "shared_account": 0,
        "cash": personal - account,
    }


def _at(day: date, serial: int) -> datetime:
    """Some minute of the morning on which a stay was settled."""
    zone = ZoneInfo(jurisdictions()["cn"].time_zone)
    return datetime.combine(day, time(9 + serial % 3, serial % 60), zone)
