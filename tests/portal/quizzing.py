"""A citizen of China with one stay and a city full of hospitals, and what they do on the pages of the quiz."""

import re
from datetime import date
from typing import Any

from django.test import Client

from daftar.portal.directory.models import Institution
from daftar.portal.settlement.models import Quiz, QuizAttempt
from tests.portal import world
from tests.portal.settling import HOSPITAL, MAIL, citizen, places, settle
from tests.portal.signing_up import log_in_by_mail

CAME, LEFT = date(2025, 3, 2), date(2025, 3, 9)
NAMES = (
    "上海市示例第二医院",
    "上海市示例第三医院",
    "上海示例中心医院",
    "上海示例和平医院",
    "上海示例东方医院",
    "上海示例华山医院",
)
QUIZ = "settlements/quiz/"


def city() -> None:
    """The hospital of the stay and others like it."""
    places()
    for number, name in enumerate(NAMES):
        Institution.objects.get_or_create(
            code=f"H3101010001{number}",
            defaults={
                "name": name,
                "region": "cn-310101",
                "level": "三级甲等",
                "cross_region": True,
                "recorded_at": world.long_ago(),
            },
        )


def treated() -> Client:
    """The citizen with one stay, logged in."""
    city()
    settle("S1")
    citizen()
    return log_in_by_mail(MAIL, world.PASSWORD)


def begin(client: Client, language: str = "en") -> str:
    """«开始答题»; the name of the questions."""
    asked = client.get(client.post(f"/{language}/{QUIZ}").url)
    return re.search(r'name="draw" value="([^"]+)"', asked.content.decode())[1]


def give(client: Client, draw: str, language: str = "en", **changes: str) -> Any:
    """Send the right answers, or others."""
    values = {"draw": draw, "hospital": HOSPITAL, "admitted": "2025-03-02", "discharged": ""}
    return client.post(f"/{language}/{QUIZ}questions/", values | changes)


def guess(client: Client, number: int) -> Any:
    """Send a wrong day."""
    return give(client, begin(client), admitted=f"2024-01-{number + 1:02}")


def attempts() -> int:
    """How many submissions were judged."""
    return QuizAttempt.objects.filter(key=world.key_of(world.RESIDENT)).count()


def row() -> Quiz:
    """Where the citizen stands."""
    return Quiz.objects.get(key=world.key_of(world.RESIDENT))
