"""A small made-up directory in real regions of both countries (S4.4-S4.9)."""

from datetime import UTC, date, datetime, timedelta

from daftar.portal.directory.models import Institution, Office, PoolingRegion, Region
from daftar.portal.directory.services import entry_save

RECORDED = datetime(2025, 1, 1, tzinfo=UTC)
OPENED = date(2017, 3, 1)
REGIONS = (
    ("cn", "中国", "country", "", ""),
    ("cn-110000", "北京市", "province", "cn", "cn-110000"),
    ("cn-110100", "市辖区", "city", "cn-110000", ""),
    ("cn-110101", "东城区", "county", "cn-110100", ""),
    ("cn-360000", "江西省", "province", "cn", ""),
    ("cn-360100", "南昌市", "city", "cn-360000", ""),
    ("cn-360102", "东湖区", "county", "cn-360100", ""),
    ("cn-360600", "鹰潭市", "city", "cn-360000", ""),
    ("cn-360602", "月湖区", "county", "cn-360600", ""),
    ("cn-360681", "贵溪市", "county", "cn-360600", ""),
    ("ir", "ایران", "country", "", ""),
    ("ir-8", "تهران", "province", "ir", ""),
    ("ir-8-120", "شمیرانات", "city", "ir-8", ""),
    ("ir-80", "نمونه", "province", "ir", ""),
)
INSTITUTIONS = (
    ("H11010199001", "北京示例协和医院", "cn-110101", "三级甲等", "综合医院", "东城区示例路1号"),
    ("H36010299001", "南昌示例第一医院", "cn-360102", "三级甲等", "综合医院", "东湖区示例路2号"),
    ("H36060099001", "鹰潭市示例人民医院", "cn-360600", "三级乙等", "综合医院", "胜利东路示例3号"),
    ("H36060299001", "月湖区示例中医院", "cn-360602", "二级甲等", "中医医院", "示例巷4号"),
    ("H36068199001", "贵溪市示例卫生院", "cn-360681", "", "乡镇卫生院", ""),
    ("IR-8-120-1", "بیمارستان نمونه شمیران", "ir-8-120", "درجه یک", "بیمارستان عمومی", "خیابان نمونه ۵"),
    ("IR-80-1", "درمانگاه نمونه کیان", "ir-80", "بدون درجه", "درمانگاه", "خیابان یکم"),
)


def build() -> None:
    """Regions, pooling regions, institutions, offices."""
    for code, name, level, parent, files_to in REGIONS:
        entry_save(Region(code=code, name=name, level=level, parent=parent, files_to=files_to, recorded_at=RECORDED))
    for code, name, region, level, institution_class, address in INSTITUTIONS:
        institution(code, name, region, level=level, institution_class=institution_class, address=address)
    pooling("cn-360600", "鹰潭市", "cn-360600")
    pooling("cn-360100", "南昌市", "cn-360100", opened_on=date(2017, 6, 1))
    office(
        "cn-h360600", "鹰潭市示例医保经办中心", "cn-360600", "异地就医科", "胜利西路示例1号", "0701-01234567", "335000"
    )
    office("cn-h360100", "南昌市示例医保经办中心", "cn-360100", "综合科", "示例大道9号", "0791-01234567", "330000")


def institution(code: str, name: str, region: str, **fields: object) -> None:
    """An institution, designated for people insured elsewhere unless said otherwise."""
    entry_save(Institution(**{"code": code, "name": name, "region": region} | DESIGNATED | fields))


DESIGNATED = {"cross_region": True, "recorded_at": RECORDED}


def pooling(code: str, name: str, region: str, *, opened_on: date | None = OPENED, types: str = "310 390") -> None:
    """A pooling region."""
    entry_save(
        PoolingRegion(
            code=code, name=name, region=region, opened_on=opened_on, insurance_types=types, recorded_at=RECORDED
        )
    )


def office(code: str, name: str, region: str, department: str, address: str, phone: str, postcode: str) -> None:
    """A handling agency."""
    entry_save(
        Office(
            code=code,
            kind="handling",
            name=name,
            region=region,
            department=department,
            address=address,
            phone=phone,
            postcode=postcode,
            recorded_at=RECORDED,
        )
    )


def many(number: int, region: str = "cn-360602") -> None:
    """So many institutions more in one region, named by numbers."""
    for turn in range(number):
        institution(f"H360602{turn:05}", f"示例第{turn}诊所", region)


def tomorrow() -> date:
    """A day that has not come anywhere."""
    return date.today() + timedelta(days=2)
