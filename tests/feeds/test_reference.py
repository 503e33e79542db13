"""docs/reference/feeds.md says what the code does, and the code does what contracts §2 says."""

import re
from pathlib import Path

from daftar.feeds.description import COMMON
from daftar.feeds.formats import FORMATS
from daftar.feeds.reference import tables_page
from daftar.feeds.tables import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "feeds.md"

CONTRACT = {
    "persons": "**id_type,id_number**;given_name,family_name,father_name,sex,birth_date,death_date,nationality,"
    "insurance_number,insured_region,residence_region,residence_address,household_address,phone,mobile,mobile_verified,"
    "id_booklet_no,id_card_issued,card_state,card_number,ethnicity",
    "affiliations": "**affiliation_id**;**id_type,id_number,kind,starts**,ends,insurance_type,category,office,"
    "pooling_region,pensioner_number,workshop_number,workshop_name,workshop_address,workshop_phone,employer_name",
    "contributions": "**id_type,id_number,month,kind**;**days**,amount,currency",
    "dependencies": "**id_type,id_number,main_id_type,main_id_number,starts**;**relation**,ends",
    "evidence": "**id_type,id_number,kind,valid_from**;valid_until,source",
    "other_cover": "**id_type,id_number,insurer,starts**;ends,number",
    "photos": "**id_type,id_number**;**path,sha256**,taken",
    "regions": "**code**;**name,level**,parent,files_to",
    "pooling_regions": "**code**;**name,region**,opened_on,insurance_types",
    "units": "**code**;**name,pooling_region**,town",
    "offices": "**code**;**kind,name**,department,region,address,phone,postcode,parent",
    "organisations": "**code**;**kind,name**,province,address,provider_type,ownership,institution",
    "agreements": "**organisation,number**;**starts**,ends,purposes,daily_quota",
    "institutions": "**code**;**name,region**,level,class,address,phone,opened_on,closed_on,cross_region",
    "filings": "**filing_id**;**id_type,id_number,category,destination_region,starts**,ends,state,insured_region,"
    "insurance_type,source,contact_name,contact_phone,address",
    "settlements": "**settlement_id,version**;**id_type,id_number,kind,institution,admitted,discharged,total,"
    "currency**,refers_to,direct,settled_at,insured_region,treated_region,insurance_type,department,admission_type,"
    "inpatient_number,diagnosis_main,diagnosis_other,fully_self_paid,over_limit,pre_self_paid,in_scope,deductible,"
    "pool_ratio,fund_pool,fund_civil,fund_enterprise,fund_major_illness,fund_large,fund_relief,fund_other,fund_total,"
    "personal,account,shared_account,cash",
    "provider_phones": "**organisation,mobile**;holder,starts,ends",
}
"""The lines of the contract, key before the semicolon, required columns in bold."""


def names(text: str) -> set[str]:
    return set(filter(None, re.split(r"[*,;]+", text)))


def test_tables_are_those_of_the_contract() -> None:
    assert set(TABLES) == set(CONTRACT)
    for table, line in CONTRACT.items():
        bold = {name for part in re.findall(r"\*\*(.*?)\*\*", line) for name in names(part)}
        assert set(TABLES[table].names) == names(line) | set(COMMON), table
        assert set(TABLES[table].required) == bold, table


def test_keys_are_those_of_the_contract() -> None:
    for table, line in CONTRACT.items():
        description = TABLES[table]
        key = {column.name for column in description.columns if column.key}
        key |= {each for who in description.identities if who.key for each in (who.type_column, who.number_column)}
        key |= {description.mobile.name} if description.mobile and description.mobile.key else set()
        assert key == names(line.partition(";")[0]), table


def test_the_page_lists_every_table_and_column() -> None:
    """Print it anew with `python -m daftar.feeds.reference`."""
    assert tables_page().strip() in PAGE.read_text(encoding="utf-8")


def test_the_page_names_formats_and_common_columns() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in (*COMMON, *(suffix for each in FORMATS for suffix in each.suffixes)):
        assert f"`{name}`" in text
