"""S4 in the guide's words: «跨省异地就医费用查询», every expense, «住院结算单», «打印» (S4.23-S4.25).

In Chromium, on SQLite and on PostgreSQL; Chinese pages as people see them, Persian ones from right to left. The quiz
before it has a story of its own.
"""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from daftar.portal.accounts.models import Account
from tests.browser import too_wide
from tests.portal import settling, world
from tests.portal.reading_paper import pdfsig, told_by
from tests.portal.settling import refund, settle
from tests.portal.walking import fill

NARROW = {"width": 360, "height": 740}
FRAME = ".expenses"
FUNDS = ("统筹基金", "公务员补助", "企业补充", "大病保险", "大额补助", "医疗救助", "其他基金")


@pytest.fixture
def entered(page: Page) -> Page:
    """S4.22, S4.23: the quiz was passed before; the citizen logs in and clicks the service again."""
    settling.places()
    settling.pass_quiz(settling.citizen())
    settle("A", cash=200_000, personal=250_000, total=1_150_000)
    settle("B", fund_pool=700_000, admitted=date(2024, 6, 1), discharged=date(2024, 6, 8))
    settle("C", 1, total=1, admitted=date(2023, 6, 1), discharged=date(2023, 6, 8))
    settle("C", 2, kind="correction", admitted=date(2023, 6, 1), discharged=date(2023, 6, 8))
    refund("R", of="A", total=-1_150_000, personal=-250_000, cash=-200_000)
    page.goto("/zh/accounts/log-in/")
    fill(page, login=settling.MAIL, password=world.PASSWORD)
    page.click("nav >> text=跨省异地就医费用查询")
    expect(page.locator(FRAME)).to_be_visible()
    return page


def place(page: Page, selector: str) -> dict[str, float]:
    """Where something stands in the window."""
    found = page.locator(selector).first.bounding_box()
    assert found
    return found


def test_every_directly_settled_expense_with_all_funds(entered: Page) -> None:
    """S4.23: «每一笔费用信息», and the full breakdown of the funds by the horizontal scroll bar."""
    expect(entered.locator("h1")).to_have_text("跨省异地就医费用查询")
    expect(entered.locator(f"{FRAME} tbody tr[id]")).to_have_count(4)
    for name in FUNDS:
        expect(entered.locator(f"{FRAME} thead")).to_contain_text(name)
    expect(entered.locator(".list tfoot").first).to_contain_text("25,000.00")  # B and C; A was taken back
    expect(entered.locator(".bars-rows li")).to_have_count(3)
    expect(entered.locator(".marked")).to_have_count(1)
    expect(entered.locator(".marked .unequal")).to_contain_text("医保支付合计为9,000.00，但统筹基金 7,000.00")
    expect(entered.locator(FRAME)).to_contain_text("退回2025年3月9日的结算")
    expect(entered.locator(FRAME)).to_contain_text("曾有较早版本")


@pytest.mark.parametrize("language", ["zh", "fa"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, NARROW], ids=["wide", "narrow"])
def test_the_table_scrolls_in_its_own_frame_and_the_first_column_stays(
    entered: Page, size: dict[str, int], language: str
) -> None:
    """S4.23: also from right to left, also at 360 px."""
    entered.set_viewport_size(size)
    entered.goto(f"/{language}/settlements/expenses/")
    assert not too_wide(entered)
    entered.locator(FRAME).scroll_into_view_if_needed()
    first, last = f"{FRAME} .marked th", f"{FRAME} .marked td:last-child"
    before, end_before = place(entered, first), place(entered, last)
    direction = -1 if language == "fa" else 1
    entered.locator(FRAME).evaluate("(frame, by) => frame.scrollBy(by, 0)", direction * 5000)
    after, end_after = place(entered, first), place(entered, last)
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert abs(end_after["x"] - end_before["x"]) > 500
    frame = place(entered, FRAME)
    assert frame["x"] <= end_after["x"]
    assert end_after["x"] + end_after["width"] <= frame["x"] + frame["width"] + 1
    beginning = after["x"] + after["width"] if language == "fa" else after["x"]
    assert beginning == pytest.approx(frame["x"] + (frame["width"] if language == "fa" else 0), abs=2)


def test_a_row_opens_the_statement_as_settled_at_the_hospital(entered: Page) -> None:
    """S4.24: select a row, click «住院结算单»."""
    entered.locator(f"{FRAME} tr[id]", has_text="2024年6月8日").get_by_text("住院结算单").click()
    expect(entered.locator("h1")).to_have_text("江西省鹰潭市跨省异地就医住院结算单")
    for words in ("入院日期", "2024年6月1日", "住院天数", "医保支付合计", "9,000.00", "个人现金", "起付标准"):
        expect(entered.locator(".statement")).to_contain_text(words)
    expect(entered.locator(".notice-warning")).to_contain_text("医保支付合计为9,000.00")
    entered.click(".back")
    expect(entered.locator("h1")).to_have_text("跨省异地就医费用查询")


def test_print_stands_at_the_right_and_prints_the_statement(entered: Page, tmp_path: Path) -> None:
    """S4.25: «打印» at the right of the page."""
    entered.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    entered.click(f"{FRAME} tr[id] th a")
    button, title = place(entered, "button:has-text('打印')"), place(entered, "h1")
    assert button["x"] > title["x"] + title["width"] - 1
    entered.click("button:has-text('打印')")
    assert entered.evaluate("window.printed") == 1
    entered.pdf(path=tmp_path / "page.pdf", format="A4")
    said = told_by((tmp_path / "page.pdf").read_bytes(), tmp_path)
    assert "跨省异地就医住院结算单" in said
    assert "统筹基金" in said
    assert "打印" not in said
    assert "退出" not in said


def test_the_whole_list_prints_with_its_last_column(entered: Page, tmp_path: Path) -> None:
    """S4.23 on paper: nothing is cut off at the edge of the frame."""
    entered.pdf(path=tmp_path / "list.pdf", prefer_css_page_size=True)
    said = told_by((tmp_path / "list.pdf").read_bytes(), tmp_path)
    assert said.count("职") == 4  # 职工基本医疗保险, in the last column of each line
    assert "12,500.00" in said


def test_the_signed_pdf_needs_no_scripts(entered: Page, chromium: Browser, site: str, tmp_path: Path) -> None:
    """S4.25 for those whose browser runs none: the PDF is there, signed."""
    context = chromium.new_context(base_url=site, java_script_enabled=False, accept_downloads=True)
    context.add_cookies(entered.context.cookies())
    plain = context.new_page()
    plain.goto("/zh/settlements/expenses/")
    plain.click(f"{FRAME} tr[id] th a")
    expect(plain.locator("button:has-text('打印')")).to_be_hidden()
    with plain.expect_download() as waiting:
        plain.click("text=已签名的 PDF")
    waiting.value.save_as(tmp_path / "statement.pdf")
    context.close()
    assert "Signature is Valid" in pdfsig((tmp_path / "statement.pdf").read_bytes(), tmp_path)
    text = subprocess.run(["pdftotext", tmp_path / "statement.pdf", "-"], capture_output=True, text=True, check=True)
    assert "江西省鹰潭市跨省异地就医住院结算单" in text.stdout.replace("\n", "")


def test_who_looked_shows_that_one_opened_it_oneself(entered: Page) -> None:
    """X.5: opening the list and a statement are looks like others."""
    entered.click(f"{FRAME} tr[id] th a")
    Account.objects.filter(user="resident").update(verified_at=datetime.now(UTC), verified_by="counter")
    entered.goto("/zh/looks/")
    entered.select_option("[name=who]", "all")
    fill(entered)
    told = entered.inner_text("main table")
    assert "费用列表" in told
    assert "住院结算单" in told
    assert "您本人" in told
