"""S4 in the guide's words, from end to end: «国家异地就医备案信息统一查询», one person who comes for the first time.

In Chromium, on SQLite and on PostgreSQL; a Chinese page as people see it. Each service has a story of its own beside
this one: test_s4_home, test_s4_directory, test_s4_accounts, test_s4_filings, test_s4_quiz, test_s4_expenses.
"""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.directory.models import Institution
from daftar.portal.directory.services import entry_save
from tests.disclosure.quizzing import wait_out_midnight
from tests.portal import filing_ground, quizzing, settling, world
from tests.portal.mailbox import Mailbox, mail_server
from tests.portal.walking import fill
from tests.stories.test_s4_accounts import MAIL, PASSWORD, register

EXPENSES, FILINGS = "跨省异地就医费用查询", "参保人登记备案查询"


@pytest.fixture
def box(page: Page, settings) -> Mailbox:
    """The mailboxes of all people, behind a mail server on a socket."""
    with mail_server(settings) as found:
        yield found


@pytest.fixture
def treated_elsewhere(portal: str) -> None:
    """What insurer and hospital have sent about 王伟: one filing, one stay. He has no account yet."""
    wait_out_midnight()
    filing_ground.regions()
    quizzing.city()
    for each in Institution.objects.all():
        entry_save(each)  # with the words by which it is found
    filing_ground.filed("f1", ends=date(2027, 12, 31))
    settling.settle("S1")


@pytest.mark.usefixtures("treated_elsewhere")
def test_from_the_first_visit_to_the_statement_on_paper(page: Page, box: Mailbox) -> None:
    """S4.1-S4.25: look around without an account, register, see one's filing, answer two questions, print."""
    look_around(page)
    page.goto("/zh/")
    page.click(f".tiles-5 >> text={EXPENSES}")
    expect(page.locator("h1")).to_have_text("登录")
    register(page, box, "王伟", world.RESIDENT[1])
    fill(page, password=PASSWORD, again=PASSWORD)
    fill(page, login=MAIL, password=PASSWORD)
    see_the_filing(page)
    page.goto("/zh/")
    page.click(f".tiles-5 >> text={EXPENSES}")
    answer_the_two_questions(page)
    page.click(f".tiles-5 >> text={EXPENSES}")
    print_the_statement(page)


def look_around(page: Page) -> None:
    """S4.3, S4.6: a hospital by its name, without log-in."""
    page.goto("/zh/")
    page.click(".tiles-5 >> text=异地定点医疗机构查询")
    page.locator("[name=name]").press_sequentially("上海示例医院")
    expect(page.locator("main table tbody tr")).to_have_count(1)
    expect(page.locator("main table tbody tr")).to_contain_text(settling.HOSPITAL_NAME)


def see_the_filing(page: Page) -> None:
    """S4.10, S4.16: «能查到就说明备案成功»."""
    page.goto("/zh/")
    page.click(f".tiles-5 >> text={FILINGS}")
    expect(page.locator("main tbody tr")).to_contain_text("浙江省 杭州市")
    expect(page.locator(".notice-done")).to_contain_text("说明备案成功")


def answer_the_two_questions(page: Page) -> None:
    """S4.17-S4.22: wrong once, then right; «确定» leads home."""
    for day, heading in (("2025-03-01", None), ("2025-03-02", "认证通过")):
        page.get_by_role("button", name="开始答题").or_(page.get_by_role("link", name="重新答题")).click()
        page.get_by_label(settling.HOSPITAL_NAME, exact=True).check()
        page.get_by_label("入院日期").fill(day)
        page.get_by_role("button", name="提交").click()
        if heading is None:
            expect(page.locator("main")).to_contain_text("您输入的信息与系统中的数据不一致，今日还可尝试2次。")
        else:
            expect(page.locator("h1")).to_have_text(heading)
    page.get_by_role("link", name="确定").click()


def print_the_statement(page: Page) -> None:
    """S4.23-S4.25: the stay with its funds, «住院结算单», «打印»."""
    expect(page.locator(".expenses tbody tr[id]")).to_have_count(1)
    expect(page.locator(".expenses")).to_contain_text(settling.HOSPITAL_NAME)
    page.add_init_script("window.print = () => { window.printed = true }")
    page.click(".expenses tr[id] >> text=住院结算单")
    expect(page.locator("h1")).to_contain_text("跨省异地就医住院结算单")
    page.wait_for_load_state()
    page.click("button:has-text('打印')")
    assert page.evaluate("window.printed")
