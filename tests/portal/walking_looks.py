"""The walk through the pages about looks: the court's, the citizen's, the reviewer's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.looks.models import Hiding
from daftar.terms.outcomes import Ground
from tests.portal import world
from tests.portal.looking import by_hospital, looked, named_beside
from tests.portal.walking import fill, log_in

MAIL = "citizen@example.org"
CONFIRM = "button[name=confirm]"
REASONS = {"fa": "پرونده در دست رسیدگی است", "zh": "案件正在侦查", "en": "The case is under investigation"}
QUESTIONS = {
    "fa": "من هرگز به این دادگاه نرفته‌ام. برای چه بوده است؟",
    "zh": "我从未去过该法院，这次查询是为了什么？",
    "en": "I have never been to this court. What was it for?",
}


def citizen(page: Page, language: str) -> None:
    """The verified citizen logs in."""
    page.context.clear_cookies()
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)


def hide(page: Page, language: str, code: str) -> Iterator[str]:
    """A supervisor hides a look for longer than one may, another one confirms."""
    log_in(page, language, "court-supervisor")
    page.goto(f"/{language}/looks/hidden/")
    yield "hidden looks, none yet"
    page.goto(f"/{language}/looks/hidden/{code}/")
    fill(page, until="x")
    yield "hide with errors"
    fill(page, until=str(date.today() + timedelta(days=700)), reason=REASONS[language])
    yield "hidden, a second person is awaited"
    page.context.clear_cookies()
    log_in(page, language, "court-admin")
    page.goto(f"/{language}/looks/hidden/{code}/")
    yield "to be confirmed"
    page.click(CONFIRM)
    page.goto(f"/{language}/looks/hidden/")
    yield "hidden looks"


def ask(page: Page, language: str, code: str) -> Iterator[str]:
    """The citizen finds a look and questions it."""
    citizen(page, language)
    page.goto(f"/{language}/looks/")
    yield "who looked, one hidden"
    fill(page, day_from="x")
    yield "who looked with errors"
    page.goto(f"/{language}/looks/{code}/")
    yield "a look"
    page.goto(f"/{language}/looks/{code}/question/")
    fill(page, question="")
    yield "question with errors"
    fill(page, question=QUESTIONS[language])
    yield "a look, questioned"


def answer(page: Page, language: str) -> Iterator[str]:
    """A reviewer answers."""
    if not Account.objects.filter(user="reviewer").exists():
        account_make(
            user="reviewer",
            password=world.PASSWORD,
            role=Role.REVIEWER,
            office=world.OFFICE,
            totp_secret=world.TOTP_SECRET,
        )
    page.context.clear_cookies()
    log_in(page, language, "reviewer")
    page.goto(f"/{language}/looks/cases/")
    yield "questioned looks"
    page.click("main table a")
    fill(page, answer="")
    yield "a questioned look with errors"
    fill(page, answer=REASONS[language])
    yield "a questioned look, answered"


def looks(page: Page, language: str) -> Iterator[str]:
    """From the look of a court to the insurer's answer."""
    key = world.key_of(world.PAID)
    hidden, questioned = looked(key), looked(key, ago=timedelta(hours=3))
    by_hospital(key, ago=timedelta(days=2))
    beside = named_beside(key)
    looked(key, organisation=None, ground=Ground.OWN, account="mail-citizen", mode="filings", purpose=None)
    looked(key, organisation=None, ground=Ground.OWN, account=None, mode="sign_up", purpose=None, shown="known")
    yield from hide(page, language, hidden)
    yield from ask(page, language, questioned)
    yield from answer(page, language)
    citizen(page, language)
    page.goto(f"/{language}/looks/{questioned}/")
    yield "a look, answered"
    page.goto(f"/{language}/looks/{beside}/")
    yield "a look at a dependant, which names the person"
    past = datetime.now(UTC) - timedelta(minutes=1)
    Hiding.objects.update(hidden_until=past, wanted_until=past)
    page.goto(f"/{language}/looks/{hidden}/")
    yield "a look that was hidden"


LOOK_WALKS = (looks,)
