"""A small directory for tests of the API and of mending: a province with a city, a county, and what lies in them."""

from datetime import date

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.directory.models import Institution, Office, PoolingRegion, Region
from daftar.portal.directory.services import entry_save
from tests.portal import world

PROVINCE, CITY, COUNTY, ELSEWHERE = "cn-360000", "cn-360600", "cn-360603", "cn-110000"
HOSPITAL, CLINIC, FAR = "H36060300001", "H36060000002", "H11010000003"
AGENCY = "cn-h360600"
REGIONS = (
    ("cn", "中国", "country", ""),
    (PROVINCE, "江西省", "province", "cn"),
    (CITY, "鹰潭市", "city", PROVINCE),
    (COUNTY, "余江区", "county", CITY),
    (ELSEWHERE, "北京市", "province", "cn"),
)


def build() -> None:
    """Make the entries, and one account at the agency of the city."""
    for code, name, level, parent in REGIONS:
        files_to = code if code == ELSEWHERE else ""
        region = Region(code=code, name=name, level=level, parent=parent, files_to=files_to)
        entry_save(_at(region))
    for code, name, region in (
        (HOSPITAL, "余江区人民医院", COUNTY),
        (CLINIC, "鹰潭市中医院", CITY),
        (FAR, "北京示例医院", ELSEWHERE),
    ):
        entry_save(_at(institution(code, name, region)))
    entry_save(_at(PoolingRegion(code="360600", name="鹰潭市", region=CITY, insurance_types="310 390")))
    for code, name, region in ((AGENCY, "鹰潭市医保经办中心", CITY), ("cn-h110000", "北京市医保中心", ELSEWHERE)):
        entry_save(_at(Office(code=code, kind="handling", name=name, region=region, phone="0701-0000001")))
    for user, role in (("agency", Role.COUNTER), ("agency-reviewer", Role.REVIEWER)):
        account_make(
            user=user,
            password=world.PASSWORD,
            role=role,
            office=AGENCY,
            display_name=user,
            totp_secret=world.TOTP_SECRET,
            jurisdiction="cn",
        )


def institution(code: str, name: str, region: str) -> Institution:
    """An institution, not saved yet."""
    return Institution(
        code=code,
        name=name,
        region=region,
        level="三级甲等",
        institution_class="A100",
        address="示例路1号",
        phone="0701-0000000",
        opened_on=date(2020, 1, 1),
        cross_region=True,
    )


def _at(entry):
    entry.recorded_at = world.long_ago()
    return entry
