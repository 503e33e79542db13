"""The walk through the pages of the quiz: a citizen of China answers, is locked out, is let in by an office."""

from collections.abc import Iterator
from datetime import UTC, datetime

from playwright.sync_api import Page

from daftar.portal.settlement.models import Quiz, QuizAttempt, Settlement
from tests.portal import quizzing, settling, world
from tests.portal.settling import HOSPITAL, MAIL
from tests.portal.walking import fill, log_in

BEGIN = "main form button"


def enter(page: Page, language: str) -> None:
    """The citizen logs in and opens the expenses."""
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)
    page.goto(f"/{language}/settlements/expenses/")


def guess(page: Page, language: str, day: str) -> None:
    """The right hospital and a wrong day."""
    page.goto(f"/{language}/{quizzing.QUIZ}")
    page.click(BEGIN)
    fill(page, hospital=HOSPITAL, admitted=day, discharged="")


def quiz(page: Page, language: str) -> Iterator[str]:
    """From «开始答题» to «认证通过»."""
    for table in (Quiz, QuizAttempt, Settlement):
        table.objects.all().delete()
    quizzing.city()
    settling.citizen()
    enter(page, language)
    yield "quiz"
    page.click(BEGIN)
    yield "no settlement, no questions"
    settling.settle("quiz-1")
    page.goto(f"/{language}/{quizzing.QUIZ}")
    page.click(BEGIN)
    yield "two questions"
    fill(page, admitted="2025-03-09", discharged="2025-03-02")
    yield "two questions with errors"
    guess(page, language, "2024-01-01")
    yield "not authenticated"
    guess(page, language, "2024-01-02")
    guess(page, language, "2024-01-03")
    yield "locked"
    Quiz.objects.update(closed_at=datetime.now(UTC))
    page.goto(f"/{language}/{quizzing.QUIZ}")
    yield "closed"
    yield from office(page, language)
    page.context.clear_cookies()
    enter(page, language)
    page.click(BEGIN)
    fill(page, hospital=HOSPITAL, admitted="2025-03-02", discharged="")
    yield "authentication passed"


def office(page: Page, language: str) -> Iterator[str]:
    """A counter looks at the person once more and reopens it."""
    page.context.clear_cookies()
    log_in(page, language, "counter-cn")
    page.goto(f"/{language}/console/people/")
    fill(page, type=world.RESIDENT[0], number=world.RESIDENT[1])
    yield "person with a quiz"
    person = page.url
    page.goto(f"{person}quiz/")
    fill(page)
    yield "reopen with an error"
    fill(page, seen="on")
    yield "person, quiz reopened"
    page.goto(f"{person}quiz/")
    yield "quiz at the counter, open"
    Quiz.objects.update(locked_until=datetime(2099, 1, 1, tzinfo=UTC))
    page.goto(f"{person}quiz/")
    yield "quiz at the counter, locked"
    Quiz.objects.update(locked_until=None)


QUIZ_WALKS = (quiz,)
