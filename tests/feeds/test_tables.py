"""Each feed table of contracts §2 fills its registry table, from each format."""

import io
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from daftar.feeds.tables import TABLES
from daftar.feeds.tables.treatment import AMOUNTS
from daftar.terms.finding import words_of
from tests.feeds.conftest import SHA256, Registry, as_csv, as_ndjson, national_code, person

RECORDED = {"office": "1001", "recorded_at": "2026-01-02T03:04:05Z"}
KEPT = {"office": "1001", "recorded_at": "2026-01-02 03:04:05", "withdrawn": False}

ROWS = {
    "persons": person(
        1,
        given_name="زهرا",
        family_name="محمدی",
        sex="female",
        birth_date="1990-05-06",
        insured_region="ir-07",
        mobile="۰۹۱۲۳۴۵۶۷۸۹",
        mobile_verified="true",
        id_card_issued="2020-01-01",
    ),
    "affiliations": {
        "affiliation_id": "A-1",
        **person(1),
        "kind": "compulsory",
        "starts": "2020-01-01",
        "workshop_name": "کارگاه",
        "pooling_region": "ir-07",
    },
    "contributions": person(1, month="2026-10", kind="compulsory", days="۳۰", amount="12000000", currency="IRR"),
    "dependencies": {
        **person(2),
        "main_id_type": "ir-national-code",
        "main_id_number": national_code(1),
        "starts": "2021-01-01",
        "relation": "son",
    },
    "evidence": person(2, kind="study_certificate", valid_from="2026-09-01", valid_until="2027-08-31"),
    "other_cover": person(2, insurer="ir-health", starts="2022-01-01", number="77"),
    "photos": person(2, path="one.png", sha256=SHA256.upper(), taken="2026-01-02"),
    "organisations": {"code": "hosp-1", "kind": "provider", "name": "بیمارستان", "provider_type": "hospital"},
    "agreements": {"organisation": "hosp-1", "number": "۱۴۰۵/۱", "starts": "2026-01-01", "daily_quota": "500"},
    "provider_phones": {"organisation": "hosp-1", "mobile": "+989121112233", "holder": "دکتر"},
    "offices": {"code": "1001", "kind": "branch", "name": "شعبه یک", "phone": "021-1"},
    "regions": {"code": "ir-07", "name": "تهران", "level": "province", "parent": "ir"},
    "pooling_regions": {
        "code": "cn-360600",
        "name": "鹰潭市",
        "region": "cn-360600",
        "opened_on": "2017-03-01",
        "insurance_types": "310 390",
    },
    "units": {
        "code": "360602910001",
        "name": "示例社区居民委员会",
        "pooling_region": "cn-360600",
        "town": "月湖区示例街道",
    },
    "institutions": {
        "code": "H36060299001",
        "name": "月湖区示例医院",
        "region": "cn-360602",
        "level": "二级甲等",
        "class": "综合医院",
        "opened_on": "2017-06-01",
        "cross_region": "true",
    },
    "filings": {
        "filing_id": "F-1",
        **person(1),
        "category": "referral",
        "destination_region": "cn-310000",
        "starts": "2026-03-01",
        "ends": "2026-08-31",
        "state": "ended",
        "contact_name": "李芳",
        "contact_phone": "0791-01234567",
    },
    "settlements": {
        "settlement_id": "S-1",
        "version": "۱",
        **person(1),
        "kind": "settled",
        "institution": "H31010199001",
        "admitted": "2026-03-02",
        "discharged": "2026-03-09",
        "total": "1234567",
        "currency": "CNY",
        "settled_at": "2026-03-09T16:20:00+08:00",
        "treated_region": "cn-310101",
        "department": "心内科",
        "diagnosis_main": "冠心病",
        "pool_ratio": "0.85",
        "fund_pool": "900000",
        "fund_total": "900000",
        "personal": "334567",
        "cash": "334567",
    },
}


def expected(registry: Registry) -> dict[str, dict]:
    one, two = registry.key(1), registry.key(2)
    mobile = registry.secrets.mobile_key("+989123456789").hex
    phone = registry.secrets.mobile_key("+989121112233").hex
    return {
        "persons": {
            "key": one,
            "jurisdiction": "ir",
            "given_name": "زهرا",
            "family_name": "محمدی",
            "sex": "female",
            "birth_date": "1990-05-06",
            "death_date": None,
            "insured_region": "ir-07",
            "residence_region": "",
            "card_state": "",
            "mobile_key": mobile,
            "mobile": "+989123456789",
            "mobile_verified": 1,
            "mobile_recorded_at": None,
            "id_card_issued": "2020-01-01",
        },
        "affiliations": {
            "affiliation_id": "A-1",
            "key": one,
            "kind": "compulsory",
            "starts": "2020-01-01",
            "ends": None,
            "insurance_type": "",
            "category": "",
            "pooling_region": "ir-07",
            "workshop_name": "کارگاه",
        },
        "contributions": {
            "key": one,
            "month": "2026-10-01",
            "kind": "compulsory",
            "days": 30,
            "amount": 12000000,
            "currency": "IRR",
        },
        "dependencies": {"key": two, "main_key": one, "starts": "2021-01-01", "relation": "son", "ends": None},
        "evidence": {
            "key": two,
            "kind": "study_certificate",
            "valid_from": "2026-09-01",
            "valid_until": "2027-08-31",
            "source": "feed",
        },
        "other_cover": {"key": two, "insurer": "ir-health", "starts": "2022-01-01", "ends": None, "number": "77"},
        "photos": {"key": two, "path": "one.png", "sha256": SHA256, "taken": "2026-01-02"},
        "organisations": {
            "code": "hosp-1",
            "kind": "provider",
            "name": "بیمارستان",
            "province": "",
            "address": "",
            "provider_type": "hospital",
            "ownership": "",
            "institution": "",
        },
        "agreements": {
            "organisation": "hosp-1",
            "number": "۱۴۰۵/۱",
            "starts": "2026-01-01",
            "ends": None,
            "purposes": "",
            "daily_quota": 500,
        },
        "provider_phones": {
            "organisation": "hosp-1",
            "mobile_key": phone,
            "mobile": "+989121112233",
            "holder": "دکتر",
            "starts": None,
            "ends": None,
        },
        "offices": {
            "code": "1001",
            "kind": "branch",
            "name": "شعبه یک",
            "department": "",
            "region": "",
            "address": "",
            "phone": "021-1",
            "postcode": "",
            "parent": "",
            "sent_by": "1001",
            "recorded_at": "2026-01-02 03:04:05",
            "withdrawn": False,
        },
        "regions": {"code": "ir-07", "name": "تهران", "level": "province", "parent": "ir", "files_to": ""},
        "pooling_regions": ROWS["pooling_regions"],
        "units": ROWS["units"],
        "institutions": {
            "code": "H36060299001",
            "name": "月湖区示例医院",
            "region": "cn-360602",
            "level": "二级甲等",
            "institution_class": "综合医院",
            "address": "",
            "phone": "",
            "opened_on": "2017-06-01",
            "closed_on": None,
            "cross_region": 1,
        },
        "filings": {
            "filing_id": "F-1",
            "key": one,
            "category": "referral",
            "destination_region": "cn-310000",
            "starts": "2026-03-01",
            "ends": "2026-08-31",
            "state": "ended",
            "insured_region": "",
            "insurance_type": "",
            "source": "",
            "contact_name": "李芳",
            "contact_phone": "0791-01234567",
        },
        "settlements": {
            **dict.fromkeys(AMOUNTS),
            "settlement_id": "S-1",
            "version": 1,
            "key": one,
            "kind": "settled",
            "institution": "H31010199001",
            "admitted": "2026-03-02",
            "discharged": "2026-03-09",
            "currency": "CNY",
            "refers_to": "",
            "direct": 1,
            "settled_at": "2026-03-09 08:20:00",
            "insured_region": "",
            "treated_region": "cn-310101",
            "insurance_type": "",
            "admission_type": "",
            "pool_ratio": 8500,
            "total": 1234567,
            "fund_pool": 900000,
            "fund_total": 900000,
            "personal": 334567,
            "cash": 334567,
            "department": "心内科",
            "diagnosis_main": "冠心病",
        },
    }


def as_parquet(content: list[dict[str, str]]) -> bytes:
    """Rows as Parquet, with days as days, whole numbers as numbers and truths as booleans."""
    typed = [{name: _typed(name, cell) for name, cell in row.items()} for row in content]
    names = list(dict.fromkeys(name for row in typed for name in row))
    table = pa.table({name: [row.get(name) for row in typed] for name in names})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _typed(name: str, cell: str) -> object:
    if name in ("starts", "birth_date", "valid_from", "valid_until", "opened_on", "admitted", "discharged"):
        return date.fromisoformat(cell)
    if name in ("amount", "daily_quota", "total", "version"):
        return int(cell)
    if name in ("pool_ratio", "fund_pool"):
        return float(cell)  # as a data frame writes numbers, some of which are missing
    return {"true": True}.get(cell, cell)


SEARCHED = ("regions", "pooling_regions", "offices", "institutions")
FORMATS = {".csv": as_csv, ".ndjson": as_ndjson, ".jsonl": as_ndjson, ".parquet": as_parquet}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_table_takes_every_format(registry: Registry, suffix: str) -> None:
    """A full row of each table stands in the registry as sent; the others of the household wait for nobody."""
    assert registry.load("persons", [person(2, **RECORDED)]).changed == 1
    for table, row in ROWS.items():
        report = registry.load(table, FORMATS[suffix]([row | RECORDED]), suffix=suffix)
        assert (report.problem, report.quarantined, report.rows, report.changed) == (None, [], 1, 1), table
    for table, row in expected(registry).items():
        kept = KEPT if table != "offices" else {}
        if table in SEARCHED:
            kept = kept | {"words": words_of(row["name"], row["code"])}
        if table == "units":
            kept = kept | {"words": words_of(f"{row['name']} {row['town']}", row["code"])}
        assert row | kept in registry.content(table), table


def test_rows_of_all_tables_are_tried() -> None:
    """A table that is added is tried here."""
    assert set(ROWS) == set(TABLES)


def test_an_identifier_is_kept_sealed(registry: Registry) -> None:
    """The number itself stands nowhere in clear, and can be opened."""
    registry.load("persons", [person(1)])
    [(key, person_key, type_name, sealed)] = registry.query(
        "SELECT key, person_key, type, sealed FROM person_identifier"
    )
    assert key == person_key == registry.key(1)
    assert type_name == "ir-national-code"
    assert national_code(1).encode() not in sealed
    assert registry._opened("person_identifier", {"sealed": sealed, "withdrawn": 0})["number"] == national_code(1)


def test_organisations_keep_what_no_feed_fills(registry: Registry) -> None:
    """A suspension survives the next feed."""
    registry.load("organisations", [ROWS["organisations"]])
    from daftar.store.connect import connect, transaction
    from daftar.store.dialect import execute

    conn = connect(registry.url)
    with transaction(conn):
        execute(conn, "UPDATE organisation SET suspended = TRUE")
    conn.close()
    registry.load("organisations", [ROWS["organisations"] | {"name": "تازه", "recorded_at": "2026-11-21T12:00:00Z"}])
    assert registry.query("SELECT name, suspended FROM organisation") == [("تازه", 1)]


def test_numbers_and_nulls_of_json_are_cells(people: Registry) -> None:
    """NDJSON may write 30 for "30" and null for an empty cell."""
    line = f'{{"id_type":"ir-national-code","id_number":"{national_code(1)}","month":"2026-10","kind":"resident",'
    report = people.load("contributions", (line + '"days":30,"amount":null,"deleted":false}\n').encode())
    assert report.changed == 1
    assert people.content("contributions")[0]["days"] == 30
