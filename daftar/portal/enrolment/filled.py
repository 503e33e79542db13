"""What the form of an enrolment holds (F6), page by page: as a case keeps it, sealed, and as the rules ask for it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from django.db import connection

from daftar.portal.directory.region_picker import path_of
from daftar.store.dialect import Row, Statement, rows

INSURANCE_TYPE = "390"
"""城乡居民基本医疗保险 (domain-facts 2.11): the one insurance that residents are enrolled in here."""


DIVISION = 6
POOLED_IN = "SELECT region FROM pooling_region WHERE code = ? AND NOT withdrawn"


class Part(StrEnum):
    """The three groups of the guide, each a page (S3.13)."""

    UNIT = "unit"  # 居民单位信息
    RESIDENT = "resident"  # 居民信息
    ENROLMENT = "enrolment"  # 参保信息


FIELDS = {
    Part.UNIT: ("pooling_region", "unit", "unit_name"),
    Part.RESIDENT: ("ethnicity", "household_kind", "household_address", "residence_address", "phone"),
    Part.ENROLMENT: ("category", "starts"),
}
"""What each page must have filled in; a unit may be of no `town`."""


class HouseholdKind(StrEnum):
    """户口性质; since 国发〔2014〕25号 one kind for all, the older registers have two."""

    RESIDENT = "resident"  # 居民户口
    RURAL = "rural"  # 农业户口
    URBAN = "urban"  # 非农业户口


def to_be_filled(fields: Mapping[str, str]) -> Part | None:
    """The first page on which something is missing; None when all are filled in."""
    return next((part for part, names in FIELDS.items() if not all(fields.get(name) for name in names)), None)


def starts_of(fields: Mapping[str, str]) -> date:
    """The first day that is asked for."""
    return date.fromisoformat(fields["starts"])


def matter_of(fields: Mapping[str, str]) -> str:
    """What a person has one open case about: the year (年度)."""
    return f"year-{fields['starts'][:4]}" if fields.get("starts") else ""


def region_of(fields: Mapping[str, str]) -> str:
    """The region whose staff decides: the county, with whose code that of a unit begins, else the pooling region's.

    Codes of villages and neighbourhoods begin with six digits of GB/T 2260 (domain-facts 2.9); other codes are taken
    too, and then the city alone sees the case.
    """
    region = pooled_in(fields)
    county = f"{region.partition('-')[0]}-{fields.get('unit', '')[:DIVISION]}"
    return county if region in {each.code for each in path_of(county)} else region


def pooled_in(fields: Mapping[str, str]) -> str:
    """The region of the pooling region: where one is insured (参保地)."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return pooled_found(rows(connection.connection, *pooled_wanted(fields)))


def pooled_wanted(fields: Mapping[str, str]) -> Statement:
    """What asks for it, to go with other statements; `pooled_found` reads what it gives."""
    return POOLED_IN, [fields.get("pooling_region", "")]


def pooled_found(found: Sequence[Row]) -> str:
    """The region's code; empty where the directory does not know the pooling region."""
    return str(found[0][0]) if found else ""
