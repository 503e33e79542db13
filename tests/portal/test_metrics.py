"""Inquiries of the portal stand in the same exposition as the gate's, by channel and outcome, once committed."""

import pytest
from django.test import Client

from daftar.answers.metrics import REGISTRY
from daftar.gate.metrics import exposition
from daftar.portal.entitlement import views
from tests.portal import world
from tests.portal.acting import log_in, newest_code, own_entitlement
from tests.portal.test_ask import ask

pytestmark = pytest.mark.usefixtures("portal")


def counted(channel: str, outcome: str) -> float:
    """Inquiries counted so far in this process."""
    return REGISTRY.get_sample_value("daftar_inquiries_total", {"channel": channel, "outcome": outcome}) or 0


def test_questions_of_an_organisation_are_counted() -> None:
    client = log_in("hospital")
    before = counted("web", "covered"), counted("web", "not_covered")
    timed = REGISTRY.get_sample_value("daftar_inquiry_seconds_count", {"channel": "web"}) or 0
    ask(client, world.PAID)
    ask(client, world.LAPSED)
    assert REGISTRY.get_sample_value("daftar_inquiry_seconds_count", {"channel": "web"}) == timed + 2
    assert (counted("web", "covered"), counted("web", "not_covered")) == (before[0] + 1, before[1] + 1)
    assert 'daftar_inquiries_total{channel="web",outcome="covered"}' in exposition().decode()


def test_ones_own_entitlement_is_counted_once_told() -> None:
    client, before = Client(), counted("web", "covered")
    own_entitlement(client, world.PAID)
    code = newest_code()
    client.post("/en/entitlement/own/code/", {"code": "000000" if code != "000000" else "111111"})
    assert counted("web", "covered") == before
    client.post("/en/entitlement/own/code/", {"code": code})
    assert counted("web", "covered") == before + 1


def test_the_status_shown_at_the_counter_is_counted() -> None:
    client, before = log_in("counter"), counted("counter", "covered")
    client.get(client.post("/en/console/people/", {"type": world.PAID[0], "number": world.PAID[1]}).url)
    assert counted("counter", "covered") == before + 1


def test_an_answer_that_is_not_committed_is_not_counted(monkeypatch) -> None:
    whole = views.services.question_ask

    def then_fail(*args: object, **options: object) -> None:
        whole(*args, **options)
        raise RuntimeError("defect")

    client, before = log_in("hospital"), counted("web", "covered")
    client.raise_request_exception = False
    monkeypatch.setattr(views.services, "question_ask", then_fail)
    assert ask(client, world.PAID).status_code == 500
    assert counted("web", "covered") == before
