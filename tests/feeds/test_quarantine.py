"""A row that may not come in is set aside with line, column, reason and a masked value; the others come in."""

import pytest

from daftar.feeds.report import reason_text
from daftar.terms.texts import LANGUAGES
from tests.feeds.conftest import Registry, national_code, person
from tests.feeds.test_tables import ROWS

BAD_CELLS = [
    ("persons", {"id_number": "1234567890"}, "id_number", "wrong_check_digit"),
    ("persons", {"id_number": ""}, "id_number", "required"),
    ("persons", {"id_type": "passport"}, "id_type", "unknown_identifier_type"),
    ("persons", {"id_number": national_code(1) + "\u202e"}, "id_number", "forbidden_character"),
    ("persons", {"given_name": "ab\x00cd"}, "given_name", "forbidden_character"),
    ("persons", {"given_name": "x" * 101}, "given_name", "too_long"),
    ("persons", {"sex": "woman"}, "sex", "unknown_word"),
    ("persons", {"birth_date": "1369/02/16"}, "birth_date", "not_an_iso_day"),
    ("persons", {"birth_date": "1990-02-30"}, "birth_date", "not_an_iso_day"),
    ("persons", {"birth_date": "0090-02-03"}, "birth_date", "out_of_range"),
    ("persons", {"birth_date": "2026-11-23"}, "birth_date", "in_the_future"),
    ("persons", {"death_date": "1990-05-05"}, "death_date", "death_before_birth"),
    ("persons", {"death_date": "2027-05-05"}, "death_date", "in_the_future"),
    ("persons", {"mobile": "02188776655"}, "mobile", "not_a_mobile"),
    ("persons", {"mobile": "+16502530000"}, "mobile", "not_a_mobile"),
    ("persons", {"mobile_verified": "yes"}, "mobile_verified", "not_a_flag"),
    ("persons", {"recorded_at": "yesterday"}, "recorded_at", "not_a_time"),
    ("persons", {"recorded_at": "2026-11-21T10:00:00Z\x00"}, "recorded_at", "not_a_time"),
    ("persons", {"recorded_at": "2026-W47-6T10"}, "recorded_at", "not_a_time"),
    ("persons", {"recorded_at": "2026-11-23T00:00:00Z"}, "recorded_at", "in_the_future"),
    ("persons", {"deleted": "1"}, "deleted", "not_a_flag"),
    ("affiliations", {"kind": "compulsary"}, "kind", "unknown_word"),
    ("affiliations", {"starts": ""}, "starts", "required"),
    ("affiliations", {"ends": "2019-12-31"}, "ends", "ends_before_starts"),
    ("affiliations", {"affiliation_id": ""}, "affiliation_id", "required"),
    ("contributions", {"month": "2026-13"}, "month", "not_a_month"),
    ("contributions", {"month": "1405-08"}, "month", "out_of_range"),
    ("contributions", {"month": "2026-0२"}, "month", "not_a_month"),
    ("contributions", {"month": "20२6-11"}, "month", "not_a_month"),
    ("contributions", {"days": "32"}, "days", "out_of_range"),
    ("contributions", {"days": "-1"}, "days", "out_of_range"),
    ("contributions", {"days": "12.5"}, "days", "not_a_whole_number"),
    ("contributions", {"amount": "1e6"}, "amount", "not_a_whole_number"),
    ("contributions", {"currency": "rial"}, "currency", "not_a_currency"),
    ("contributions", {"currency": ""}, "amount", "currency_missing"),
    ("dependencies", {"relation": "cousin"}, "relation", "unknown_word"),
    ("dependencies", {"main_id_number": national_code(2)}, "key", "own_dependant"),
    ("evidence", {"valid_until": "2026-08-31"}, "valid_until", "ends_before_starts"),
    ("other_cover", {"insurer": "ir-sso"}, "insurer", "own_insurer"),
    ("organisations", {"kind": "bank"}, "kind", "unknown_word"),
    ("organisations", {"code": "a b"}, "code", "not_a_code"),
    ("agreements", {"daily_quota": "-5"}, "daily_quota", "out_of_range"),
    ("provider_phones", {"mobile": ""}, "mobile", "required"),
    ("provider_phones", {"mobile": "12345"}, "mobile", "not_a_mobile"),
    ("provider_phones", {"mobile": "+447911123456"}, "mobile", "not_a_mobile"),
    ("regions", {"level": "village"}, "level", "unknown_word"),
    ("offices", {"name": ""}, "name", "required"),
    ("pooling_regions", {"region": ""}, "region", "required"),
    ("pooling_regions", {"code": "c" * 17}, "code", "too_long"),
    ("pooling_regions", {"insurance_types": "310,390"}, "insurance_types", "not_a_code"),
    ("institutions", {"code": "H" * 33}, "code", "too_long"),
    ("institutions", {"name": ""}, "name", "required"),
    ("institutions", {"closed_on": "2017-05-31"}, "closed_on", "ends_before_starts"),
    ("institutions", {"cross_region": "yes"}, "cross_region", "not_a_flag"),
    ("filings", {"category": ""}, "category", "required"),
    ("filings", {"destination_region": "上海"}, "destination_region", "not_a_code"),
    ("filings", {"ends": "2026-02-28"}, "ends", "ends_before_starts"),
    ("filings", {"contact_name": "x" * 101}, "contact_name", "too_long"),
    ("settlements", {"version": "0"}, "version", "out_of_range"),
    ("settlements", {"version": "1.5"}, "version", "not_a_whole_number"),
    ("settlements", {"kind": "paid"}, "kind", "unknown_word"),
    ("settlements", {"admitted": "2026-03-10"}, "discharged", "discharged_before_admitted"),
    ("settlements", {"total": "-1"}, "total", "amount_below_zero"),
    ("settlements", {"cash": "-1"}, "cash", "amount_below_zero"),
    ("settlements", {"kind": "correction", "fund_pool": "-5"}, "fund_pool", "amount_below_zero"),
    ("settlements", {"total": "1" + "0" * 15}, "total", "out_of_range"),
    ("settlements", {"total": "9" * 40}, "total", "out_of_range"),
    ("settlements", {"cash": "9" * 19}, "cash", "out_of_range"),
    ("settlements", {"total": "12.50"}, "total", "not_a_whole_number"),
    ("settlements", {"currency": ""}, "currency", "required"),
    ("settlements", {"pool_ratio": "85"}, "pool_ratio", "not_a_ratio"),
    ("settlements", {"pool_ratio": "1.0001"}, "pool_ratio", "not_a_ratio"),
    ("settlements", {"pool_ratio": "0.85001"}, "pool_ratio", "not_a_ratio"),
    ("settlements", {"settled_at": "noon"}, "settled_at", "not_a_time"),
]


@pytest.mark.parametrize("suffix", [".csv", ".ndjson"])
def test_each_fault_has_its_column_and_reason(people: Registry, suffix: str) -> None:
    """One file a table: a good row between the bad ones comes in."""
    for table in dict.fromkeys(each[0] for each in BAD_CELLS):
        faults = [each for each in BAD_CELLS if each[0] == table]
        rows = [*(ROWS[table] | cells for _, cells, _, _ in faults), ROWS[table]]
        report = people.load(table, rows, suffix=suffix)
        first = 2 if suffix == ".csv" else 1
        told = [(each.line, each.column, each.reason) for each in report.quarantined]
        assert told == [(first + i, column, reason) for i, (_, _, column, reason) in enumerate(faults)]
        assert (report.rows, report.quarantined_rows, report.changed) == (len(rows), len(faults), 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_has_a_text(language: str) -> None:
    for _, _, _, reason in BAD_CELLS:
        assert reason_text(reason, language)


def test_values_are_masked_everywhere(registry: Registry) -> None:
    """Neither the report nor the table holds more than two characters of a value."""
    wrong = national_code(1)[:-1] + "x"
    report = registry.load("persons", [person(1, family_name="y" * 200), person(2) | {"id_number": wrong}])
    assert [each.masked for each in report.quarantined] == ["yy" + "•" * 10, "99" + "•" * 8]
    stored = registry.query('SELECT line, "column", reason, masked FROM feed_quarantine ORDER BY line')
    assert stored == [
        (1, "family_name", "too_long", "yy" + "•" * 10),
        (2, "id_number", "not_digits", "99" + "•" * 8),
    ]


def test_all_are_kept_and_the_first_thousand_told(registry: Registry) -> None:
    report = registry.load("regions", [{"code": "r", "name": "", "level": "city"}] * 1500)
    assert (len(report.quarantined), report.quarantined_rows) == (1000, 1500)
    assert registry.query("SELECT count(*) FROM feed_quarantine") == [(1500,)]


def test_an_unknown_county_is_no_error(registry: Registry) -> None:
    """A division that is in no table is a warning (issue 2, words)."""
    row = {"id_type": "cn-resident-id", "id_number": "990000199001010011"}
    from daftar.terms.identifiers import cn_check_character

    row["id_number"] = row["id_number"][:17] + cn_check_character(row["id_number"][:17])
    report = registry.load("persons", [row | {"mobile": "13800138000"}])
    assert (report.changed, report.quarantined) == (1, [])
    assert registry.content("persons")[0]["jurisdiction"] == "cn"
