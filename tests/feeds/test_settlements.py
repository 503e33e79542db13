"""Settlements and filings of other regions: versions, refunds, amounts that do not add up (issue 4, "Bad input")."""

from datetime import timedelta

import pytest

from tests.feeds.conftest import NOON, Registry, person
from tests.feeds.test_tables import ROWS

SETTLED = ROWS["settlements"] | {"version": "1"}
CORRECTED = SETTLED | {"version": "2", "kind": "correction", "total": "1234000"}
CHUNK = 2_000
"""Rows of a first transaction (daftar.feeds.chunk)."""


def versions(registry: Registry) -> list[tuple]:
    return [(row["version"], row["kind"], row["total"]) for row in registry.content("settlements")]


@pytest.mark.parametrize("order", [(SETTLED, CORRECTED), (CORRECTED, SETTLED)])
def test_two_versions_are_both_kept_in_any_order(people: Registry, order: tuple) -> None:
    """Also when the second was recorded before the first."""
    times = ("2026-11-20T00:00:00Z", "2026-11-19T00:00:00Z")
    for row, recorded_at in zip(order, times, strict=True):
        assert people.load("settlements", [row | {"recorded_at": recorded_at}]).changed == 1
    assert versions(people) == [(1, "settled", 1234567), (2, "correction", 1234000)]


def test_two_versions_of_one_file_are_both_kept(people: Registry) -> None:
    assert people.load("settlements", [CORRECTED, SETTLED]).changed == 2
    assert versions(people) == [(1, "settled", 1234567), (2, "correction", 1234000)]


def test_versions_that_wait_for_their_person_come_in_both(registry: Registry) -> None:
    assert registry.load("settlements", [CORRECTED]).pending == 1
    assert registry.load("settlements", [SETTLED]).pending == 1
    assert registry.load("persons", [person(1)]).released == 2
    assert versions(registry) == [(1, "settled", 1234567), (2, "correction", 1234000)]


def test_a_version_is_put_right_by_a_newer_row_of_it(people: Registry) -> None:
    people.load("settlements", [SETTLED])
    later = people.load("settlements", [SETTLED | {"total": "1234568"}], at=NOON + timedelta(hours=1))
    older = people.load("settlements", [SETTLED | {"recorded_at": "2026-01-01T00:00:00Z"}])
    assert (later.changed, older.stale) == (1, 1)
    assert versions(people) == [(1, "settled", 1234568)]


@pytest.mark.parametrize("suffix", [".csv", ".ndjson"])
def test_the_same_again_changes_nothing(people: Registry, suffix: str) -> None:
    """Sealed fields, times, shares and refunds are compared as they are stored."""
    refund = SETTLED | {"settlement_id": "S-2", "kind": "refund", "refers_to": "S-1", "direct": "true"}
    people.load("settlements", [SETTLED, refund], suffix=suffix)
    again = people.load("settlements", [refund, SETTLED], at=NOON + timedelta(hours=1), suffix=suffix)
    assert (again.rows, again.unchanged, again.changed) == (2, 2, 0)


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_refund_takes_back_however_it_is_sent(people: Registry, sign: str) -> None:
    amounts = {name: sign + SETTLED[name] for name in ("total", "fund_pool", "fund_total", "personal", "cash")}
    refund = SETTLED | {"settlement_id": "S-2", "kind": "refund", "refers_to": "S-1"} | amounts
    assert people.load("settlements", [SETTLED, refund]).changed == 2
    settled, refunded = people.content("settlements")
    assert (refunded["kind"], refunded["refers_to"]) == ("refund", "S-1")
    for name in amounts:
        assert settled[name] + refunded[name] == 0
    assert refunded["account"] is None


def test_amounts_that_do_not_add_up_come_in_as_they_are(people: Registry) -> None:
    """The pages mark them: hiding or refusing them would lose a fact."""
    wrong = SETTLED | {"fund_total": "1", "personal": "2", "cash": "0"}
    assert people.load("settlements", [wrong]).quarantined == []
    [row] = people.content("settlements")
    assert (row["total"], row["fund_total"], row["personal"], row["cash"]) == (1234567, 1, 2, 0)


def test_amounts_that_nobody_sent_are_not_zero(people: Registry) -> None:
    people.load("settlements", [SETTLED | {"cash": "", "fund_civil": "0"}])
    [row] = people.content("settlements")
    assert (row["cash"], row["fund_civil"], row["fund_large"]) == (None, 0, None)


def test_a_settlement_is_direct_unless_it_says_no(people: Registry) -> None:
    people.load("settlements", [SETTLED, CORRECTED | {"direct": "false"}])
    assert [bool(row["direct"]) for row in people.content("settlements")] == [True, False]


@pytest.mark.parametrize(
    ("share", "stored"),
    [("0", 0), ("1", 10_000), ("0.5", 5_000), ("0.8525", 8_525), (".7", 7_000), ("0.850000", 8_500)],
)
def test_a_share_is_kept_in_hundredths_of_a_percent(people: Registry, share: str, stored: int) -> None:
    people.load("settlements", [SETTLED | {"pool_ratio": share}])
    assert people.content("settlements")[0]["pool_ratio"] == stored


def test_the_largest_amounts_can_be_added_up(people: Registry) -> None:
    """A thousand of the largest stay within a database's whole numbers."""
    most = str(10**15 - 1)
    rows = [SETTLED | {"settlement_id": f"S-{number}", "total": most} for number in range(1000)]
    assert people.load("settlements", rows).changed == 1000
    assert people.query("SELECT SUM(total) FROM settlement")[0][0] in (1000 * int(most), str(1000 * int(most)))


def test_what_is_personal_is_sealed(people: Registry) -> None:
    filing = ROWS["filings"] | {"address": "上海市示例路1号"}
    settlement = SETTLED | {"inpatient_number": "ZY-00077", "diagnosis_other": "高血压"}
    assert people.load("filings", [filing]).changed == 1
    assert people.load("settlements", [settlement]).changed == 1
    for table, texts in (
        ("filing", ("李芳", "01234567", "示例路")),
        ("settlement", ("心内科", "ZY-00077", "冠心病", "高血压")),
    ):
        [row] = people.query(f"SELECT * FROM {table}")
        stored = b" ".join(bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row)
        assert not [text for text in texts if text.encode() in stored]
    assert people.content("settlements")[0]["inpatient_number"] == "ZY-00077"
    assert people.content("filings")[0]["address"] == "上海市示例路1号"


def test_names_that_nobody_knows_refuse_nothing(people: Registry) -> None:
    """Regions and institutions may come later, or never: the code is kept."""
    assert people.load("institutions", [ROWS["institutions"] | {"region": "cn-999999"}]).changed == 1
    assert people.load("filings", [ROWS["filings"] | {"destination_region": "xx-1"}]).changed == 1
    assert people.load("settlements", [SETTLED | {"institution": "H0", "treated_region": "xx-2"}]).changed == 1
    assert people.content("institutions")[0]["region"] == "cn-999999"
    assert people.content("filings")[0]["destination_region"] == "xx-1"
    assert people.content("settlements")[0]["institution"] == "H0"


def test_what_is_paid_elsewhere_moves_nobodys_cover(registry: Registry) -> None:
    """No span hangs on it, so nothing is marked for a rebuild."""
    registry.load("persons", [person(1)], rebuild=True)
    registry.load("filings", [ROWS["filings"]])
    registry.load("settlements", [SETTLED])
    assert registry.query("SELECT count(*) FROM coverage_due") == [(0,)]
    assert len(registry.content("filings")) == len(registry.content("settlements")) == 1


def test_a_withdrawn_version_leaves_the_one_before(people: Registry) -> None:
    people.load("settlements", [SETTLED, CORRECTED])
    gone = {"settlement_id": "S-1", "version": "2", "deleted": "true"}
    people.load(
        "settlements",
        [gone | dict.fromkeys(ROWS["settlements"].keys() - gone.keys(), "")],
        at=NOON + timedelta(hours=1),
    )
    assert [(row["version"], row["withdrawn"]) for row in people.content("settlements")] == [(1, False), (2, True)]


def test_an_overflowing_amount_costs_its_own_row_only(people: Registry) -> None:
    """One bad row among two chunks of good ones costs that row."""
    rows = [SETTLED | {"settlement_id": f"S-{number}"} for number in range(CHUNK + 10)]
    rows[7] = rows[7] | {"total": "9" * 4_000}
    report = people.load("settlements", rows)
    assert (report.changed, report.quarantined_rows) == (CHUNK + 9, 1)
    assert [(each.line, each.column) for each in report.quarantined] == [(8, "total")]
