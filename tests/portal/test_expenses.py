"""The list of expenses: settlements as they stand, refunds, corrections, marks, totals, and who may see it (S4.23)."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from daftar.portal.directory.models import Institution, Region
from daftar.portal.journal.models import Inquiry
from daftar.portal.settlement.models import Quiz, Settlement
from daftar.portal.settlement.references import reference_of
from daftar.portal.settlement.rows import years
from daftar.portal.settlement.selectors import expenses_of, places_of, region_names, settlement_found
from daftar.portal.settlement.totals import totals
from tests.portal import settling, world
from tests.portal.acting import log_in, words
from tests.portal.settling import refund, settle
from tests.portal.signing_up import log_in_by_mail

pytestmark = pytest.mark.usefixtures("portal")

LIST = "/zh/settlements/expenses/"


def me() -> object:
    """The key of the citizen whose list it is."""
    return world.key_of(world.RESIDENT)


def standing() -> list[tuple[str, int]]:
    """Number and version of each line, in the order of the page."""
    return [(line.row.settlement_id, line.row.version) for line in expenses_of(me())]


def rows(content: str) -> dict[str, str]:
    """The lines of the wide table by reference, without tags."""
    found = re.findall(r'<tr id="s-(\w+)"[^>]*>(.*?)</tr>', content, re.S)
    return {reference: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for reference, row in found}


def test_the_highest_version_stands_whatever_the_order_of_arrival() -> None:
    settle("A", 3, kind="correction")
    settle("A", 1)
    settle("A", 2, kind="correction")
    assert standing() == [("A", 3)]
    (line,) = expenses_of(me())
    assert [row.version for row in line.earlier] == [2, 1]


def test_a_withdrawn_version_gives_way_to_the_one_before_it() -> None:
    settle("A", 1)
    settle("A", 2, kind="correction", withdrawn=True)
    settle("B", 1, withdrawn=True)
    assert standing() == [("A", 1)]


def test_what_was_corrected_to_somebody_else_is_no_longer_mine_and_its_past_is_not_theirs() -> None:
    settle("A", 1)
    settle("A", 2, kind="correction", key=world.key_of(world.PAID))
    assert expenses_of(me()) == []
    (line,) = expenses_of(world.key_of(world.PAID))
    assert line.earlier == ()


def test_only_direct_settlements_and_their_refunds_are_listed() -> None:
    settle("A", direct=False)
    settle("B")
    refund("R", of="B", direct=False)
    refund("S", of="A", direct=False)
    assert {number for number, _ in standing()} == {"B", "R"}


@pytest.mark.parametrize("own_number", [True, False])
def test_a_refund_stands_beside_what_it_takes_back(own_number: bool) -> None:
    settle("A", 1)
    number, version = ("R", 1) if own_number else ("A", 2)
    refund(number, version, of="A")
    lines = {line.row.kind: line for line in expenses_of(me())}
    assert lines["refund"].refunds is lines["settled"]
    assert lines["settled"].refunded_by == [lines["refund"]]
    (sums,) = totals(lines.values(), "en")
    assert (sums.all_years.total, sums.all_years.count) == ("0.00", "2")


def test_a_refund_of_what_is_not_there_says_so() -> None:
    refund("R", of="gone")
    client = settling.passed()
    assert "退回的结算不在此列表中" in words(client.get(LIST))


def test_a_correction_under_another_number_takes_the_place_of_what_it_names() -> None:
    settle("A")
    settle("B", kind="correction", refers_to="A")
    settle("C", kind="correction", refers_to="B")
    refund("R", of="A")
    lines = {line.row.settlement_id: line for line in expenses_of(me())}
    assert set(lines) == {"C", "R"}
    assert [row.settlement_id for row in lines["C"].earlier] == ["B", "A"]
    assert lines["R"].refunds is lines["C"]


@pytest.mark.parametrize("newer", ["settled_at", "recorded_at"])
@pytest.mark.parametrize(("stands", "other"), [("B", "C"), ("C", "B")])
def test_of_two_corrections_of_one_settlement_the_newest_counts(newer: str, stands: str, other: str) -> None:
    settle("A", total=100)
    settle(other, kind="correction", refers_to="A", total=90)
    settle(stands, kind="correction", refers_to="A", total=80, **{newer: datetime(2025, 4, 1, tzinfo=UTC)})
    refund("R", of=other, total=-80)
    lines = {line.row.settlement_id: line for line in expenses_of(me())}
    assert set(lines) == {stands, "R"}
    assert [row.settlement_id for row in lines[stands].earlier] == [other, "A"]
    assert lines["R"].refunds is lines[stands]
    assert sum(line.row.total for line in lines.values()) == 0


def test_corrections_that_part_and_go_on_are_one_line() -> None:
    """The newest end stands; the ends of the other branches go behind it with all they replaced."""
    settle("A")
    settle("B", kind="correction", refers_to="A", settled_at=None)
    settle("C", kind="correction", refers_to="B", settled_at=datetime(2025, 4, 2, tzinfo=UTC))
    settle("D", kind="correction", refers_to="A", settled_at=datetime(2025, 4, 1, tzinfo=UTC))
    settle("E", kind="correction", refers_to="D", settled_at=None)
    (line,) = expenses_of(me())
    assert line.row.settlement_id == "C"
    assert [row.settlement_id for row in line.earlier] == ["E", "D", "B", "A"]
    assert not settlement_found(me(), reference_of("E", 1)).stands


def test_corrections_that_name_each_other_lose_nothing() -> None:
    settle("A", kind="correction", refers_to="B")
    settle("B", kind="correction", refers_to="A")
    settle("C", kind="correction", refers_to="C")
    lines = expenses_of(me())
    assert sorted(row.settlement_id for line in lines for row in (line.row, *line.earlier)) == ["A", "B", "C"]


def test_the_page_shows_every_column_and_marks_what_does_not_add_up() -> None:
    settle("A")
    settle("B", personal=350_001)
    content = settling.passed().get(LIST).content.decode()
    for name in ("统筹基金", "公务员补助", "企业补充", "大病保险", "大额补助", "医疗救助", "其他基金", "个人现金"):
        assert f">{name}</th>" in content
    found = rows(content)
    wrong, right = found[reference_of("B", 1)], found[reference_of("A", 1)]
    assert "总费用为12,500.00，但医保支付合计 9,000.00 + 个人负担 3,500.01合计12,500.01，相差\u22120.01。" in wrong
    assert "金额不符" in wrong
    assert "金额不符" not in right
    assert "12,500.00 9,000.00 3,500.00 8,000.00 – – 1,000.00" in right
    assert "85.5%" in right
    assert "职工基本医疗保险" in right
    assert "江西省鹰潭市" in right
    assert "上海市黄浦区" in right
    assert settling.HOSPITAL_NAME in right
    assert content.count('id="year-2025"') == 1


def test_codes_that_nobody_knows_stand_for_themselves() -> None:
    settle("A", institution="H999", treated_region="cn-999999", insurance_type="999", currency="XTS")
    content = words(settling.passed().get(LIST))
    for code in ("H999", "cn-999999", "999", "XTS"):
        assert code in content


def test_places_that_the_directory_has_withdrawn_keep_their_names() -> None:
    settle("A")
    client = settling.passed()
    Institution.objects.update(withdrawn=True)
    Region.objects.update(withdrawn=True)
    for address in (LIST, f"{LIST}{reference_of('A', 1)}/"):
        content = words(client.get(address))
        for name in (settling.HOSPITAL_NAME, "江西省鹰潭市", "上海市黄浦区"):
            assert name in content
    Institution.objects.update(name="")
    assert settling.HOSPITAL in words(client.get(LIST))


def test_totals_are_by_currency_and_by_year_of_the_readers_calendar() -> None:
    settle("A", admitted=date(2026, 3, 1), discharged=date(2026, 3, 20))
    settle("B", admitted=date(2026, 3, 1), discharged=date(2026, 3, 21))
    settle("C", currency="IRR", fund_total=None, personal=None, fund_pool=None, fund_major_illness=None, account=None)
    lines = expenses_of(me())
    yuan, rial = totals(lines, "fa")
    assert [(line.year, line.total) for line in yuan.years] == [("۱۴۰۵", "۱۲٬۵۰۰٫۰۰"), ("۱۴۰۴", "۱۲٬۵۰۰٫۰۰")]
    assert yuan.all_years.total == "۲۵٬۰۰۰٫۰۰"
    assert not yuan.has_rest
    assert rial.has_rest
    assert rial.all_years.total == "۱٬۲۵۰٬۰۰۰"
    assert [line.year for line in totals(lines, "zh")[0].years] == ["2026"]


@pytest.mark.parametrize("own_number", [True, False])
def test_a_refund_counts_in_the_year_of_the_stay_that_it_takes_back(own_number: bool) -> None:
    """Else one year would show less than was spent in it, and the other more; in the table as in its totals."""
    later = {"admitted": date(2026, 1, 8), "discharged": date(2026, 1, 9)}
    settle("A", admitted=date(2025, 12, 1), discharged=date(2025, 12, 20))
    settle("B", **later)
    refund("R" if own_number else "A", 1 if own_number else 2, of="A", total=-250_000, **later)
    refund("X", of="unknown", total=-1, **later)
    lines = expenses_of(me())
    (sums,) = totals(lines, "zh")
    assert [(line.year, line.count, line.total) for line in sums.years] == [
        ("2026", "2", "12,499.99"),
        ("2025", "2", "10,000.00"),
    ]
    table = years(lines, places_of(line.row for line in lines), "zh")
    assert [(year.name, len(year.rows)) for year in table] == [("2026", 2), ("2025", 2)]
    assert [row.kind for row in table[1].rows] == ["refund", "settled"]


def test_amounts_as_large_as_feeds_take_them_are_shown() -> None:
    most = 10**15 - 1
    settle("A", total=most, fund_total=most, personal=0, fund_pool=most, fund_major_illness=0, account=0, cash=0)
    settle("B", total=most, fund_total=most, personal=0, fund_pool=most, fund_major_illness=0, account=0, cash=0)
    content = words(settling.passed().get(LIST))
    assert "9,999,999,999,999.99" in content
    assert "19,999,999,999,999.98" in content


def test_opening_it_is_journalled_as_an_own_look() -> None:
    settle("A")
    settling.passed().get(LIST)
    row = Inquiry.objects.filter(key=me(), mode="expenses").get()
    assert (row.outcome, row.ground, row.channel, row.shown, row.account) == (
        "shown",
        "own",
        "web",
        "expenses",
        "resident",
    )


def test_nothing_is_shown_when_it_cannot_be_journalled(monkeypatch: pytest.MonkeyPatch) -> None:
    settle("A")
    client = settling.passed()
    client.raise_request_exception = False

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("no journal")

    monkeypatch.setattr("daftar.portal.settlement.services.looks_record", fail)
    for address in (LIST, f"/zh/settlements/expenses/{reference_of('A', 1)}/"):
        response = client.get(address)
        assert response.status_code == 500
        assert settling.HOSPITAL_NAME not in words(response)


def test_without_the_quiz_the_list_and_its_statements_lead_there() -> None:
    settle("A")
    settling.citizen()
    client = log_in_by_mail(settling.MAIL, world.PASSWORD)
    reference = reference_of("A", 1)
    for address in ("expenses/", f"expenses/{reference}/", f"expenses/{reference}/statement.pdf"):
        assert client.get(f"/zh/settlements/{address}").url == "/zh/settlements/quiz/"
    assert not Inquiry.objects.filter(key=me(), mode__in=("expenses", "statement")).exists()
    assert not Quiz.objects.filter(passed_at__isnull=False).exists()


def test_strangers_staff_and_those_whose_insurer_has_no_such_service_do_not_see_it() -> None:
    assert Client().get(LIST).url.startswith("/zh/accounts/log-in/")
    assert log_in("counter").get(LIST).status_code == 403
    assert log_in_by_mail("citizen@example.org", world.PASSWORD).get(LIST).status_code == 403


def test_the_menu_shows_it_where_the_insurer_offers_it() -> None:
    settling.citizen()
    chinese = log_in_by_mail(settling.MAIL, world.PASSWORD).get("/zh/").content.decode()
    assert f'href="{LIST}"' in chinese
    iranian = log_in_by_mail("citizen@example.org", world.PASSWORD).get("/en/").content.decode()
    assert "/settlements/" not in iranian


def test_a_reference_finds_every_version_of_ones_own_and_nothing_else() -> None:
    settle("A", 1)
    settle("A", 2, kind="correction")
    settle("B", key=world.key_of(world.PAID))
    found = {version: settlement_found(me(), reference_of("A", version)) for version in (1, 2)}
    assert [each.stands for each in found.values()] == [False, True]
    assert settlement_found(me(), reference_of("B", 1)) is None
    assert settlement_found(me(), reference_of("A", 3)) is None
    assert len({reference_of("A", 1), reference_of("A", 11), reference_of("1:A", 1)}) == 3


def test_nobody_has_more_than_their_own() -> None:
    settle("A", key=world.key_of(world.PAID))
    assert "没有跨省异地就医直接结算记录" in words(settling.passed().get(LIST))
    assert Settlement.objects.count() == 1


def test_regions_in_a_circle_end() -> None:
    settling.places()
    Region.objects.filter(code="cn-360000").update(parent="cn-360600")
    assert region_names(["cn-360600", "unknown"])["cn-360600"].endswith("鹰潭市")
