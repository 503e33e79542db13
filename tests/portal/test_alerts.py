"""Alerts: raised when a threshold is crossed for long enough, told again, resolved; by mail and webhook (S2.15)."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from daftar.disclosure.outbox import open_message
from daftar.portal.monitoring import alerting, calling
from daftar.portal.monitoring.alert_rules import OWN, Rule, RulesWrong, read_rules
from daftar.portal.monitoring.alerting import alerts_look
from daftar.portal.monitoring.calling import calls_send
from daftar.portal.monitoring.line import NoAnswer
from daftar.portal.monitoring.measures import MEASURES
from daftar.portal.monitoring.models import Alert, AlertCall, InquiryMinute, ProbeResult, TrafficMinute
from daftar.portal.notices.models import OutboxMessage

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FAILS = Rule("probe-fails", "probe_failures", above=1, lasting_minutes=2, repeat_hours=1)


class Receiver(BaseHTTPRequestHandler):
    """Takes calls; answers as its class was told."""

    status = 200
    taken: list[tuple[str, dict[str, object]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.headers["X-Daftar-Call"], json.loads(body)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def receiver(settings) -> Iterator[type[Receiver]]:
    """A webhook on loopback, and a mailbox, that alerts go to."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Receiver.taken, Receiver.status = [], 200
    url = f"http://127.0.0.1:{server.server_port}/alerts"
    settings.WATCH = replace(settings.WATCH, alert_webhook=url, alert_mail=("watch@example.org",))
    yield Receiver
    server.shutdown()
    server.server_close()


def probed(*working: bool, at: datetime = AT) -> None:
    """Results of the probe by SMS, the last one at `at`."""
    for back, each in enumerate(reversed(working)):
        ProbeResult.objects.create(channel="sms", asked_at=at - back * MINUTE, working=each, milliseconds=5)


def told(settings) -> list[str]:
    """Subjects of the mails that lie in the outbox."""
    return [open_message(settings.SECRETS, row.sealed).subject for row in OutboxMessage.objects.order_by("id")]


def test_an_alert_is_raised_told_again_and_resolved(receiver: type[Receiver], settings) -> None:
    probed(True, False, False)
    for minute in range(3):  # crossed, lasting; told once after two minutes, however often somebody looks
        alerts_look([FAILS], at=AT + minute * MINUTE)
        alerts_look([FAILS], at=AT + minute * MINUTE)
        assert Alert.objects.count() == (minute == 2)
    probed(False, at=AT + 61 * MINUTE)
    probed(False, at=AT + 62 * MINUTE)
    alerts_look([FAILS], at=AT + 62 * MINUTE)
    probed(True, at=AT + 63 * MINUTE)
    alerts_look([FAILS], at=AT + 63 * MINUTE)
    alert = Alert.objects.get()
    assert (alert.rule, alert.subject, alert.resolved_at) == ("probe-fails", "sms", AT + 63 * MINUTE)
    assert told(settings) == ["Daftar: alert", "Daftar: alert still lasts", "Daftar: alert is over"]
    assert calls_send(AT) == 3
    assert calls_send(AT) == 0
    assert [body["event"] for _, body in receiver.taken] == ["raised", "lasts", "resolved"]
    assert len({number for number, _ in receiver.taken}) == 3
    assert set(AlertCall.objects.values_list("alert", flat=True)) == {alert.id}


def test_what_is_over_before_it_lasted_is_not_told(receiver: type[Receiver], settings) -> None:
    probed(False, False)
    alerts_look([FAILS], at=AT)
    probed(True, at=AT + MINUTE)
    alerts_look([FAILS], at=AT + MINUTE)
    assert (Alert.objects.count(), told(settings)) == (0, [])


def test_an_alert_that_is_cut_off_is_told_once(receiver: type[Receiver], settings, monkeypatch) -> None:
    probed(False, False)
    at_once = replace(FAILS, lasting_minutes=0)
    monkeypatch.setattr(alerting.AlertCall.objects, "create", cut_off)
    with pytest.raises(ConnectionError):
        alerts_look([at_once], at=AT)
    monkeypatch.undo()
    assert told(settings) == []
    alerts_look([at_once], at=AT)
    assert len(told(settings)) == AlertCall.objects.count() == 1


def test_a_measure_that_fails_silences_no_other_and_resolves_nothing(
    receiver: type[Receiver], settings, monkeypatch
) -> None:
    probed(False, False)
    lasting = replace(FAILS, lasting_minutes=0)
    alerts_look([lasting], at=AT)
    monkeypatch.setitem(MEASURES, "broken", lambda at: cut_off())
    broken, other = replace(lasting, measure="broken"), replace(lasting, name="other")
    alerts_look([broken, other], at=AT + MINUTE)
    assert set(Alert.objects.filter(resolved_at=None).values_list("rule", flat=True)) == {FAILS.name, "other"}


def cut_off(**options: object) -> None:
    raise ConnectionError("killed")


def test_a_receiver_that_refuses_is_called_again_later(receiver: type[Receiver]) -> None:
    probed(False, False)
    alerts_look([replace(FAILS, lasting_minutes=0)], at=AT)
    receiver.status = 500
    assert (calls_send(AT), calls_send(AT + timedelta(seconds=29))) == (0, 0)
    receiver.status = 204
    assert calls_send(AT + timedelta(seconds=30)) == 1
    assert [number for number, _ in receiver.taken] == [receiver.taken[0][0]] * 2


def test_a_receiver_that_does_not_answer_is_called_once_a_turn(receiver: type[Receiver], settings, monkeypatch) -> None:
    for _ in range(3):
        AlertCall.objects.create(body="{}", created_at=AT)
    tried: list[str] = []

    def dead(*args: object, headers: dict[str, str], **options: object) -> None:
        tried.append(headers["X-Daftar-Call"])
        raise NoAnswer("too_slow")

    monkeypatch.setattr(calling, "send", dead)
    assert (calls_send(AT), len(tried)) == (0, 1)
    assert (calls_send(AT + MINUTE), len(tried)) == (0, 2)
    monkeypatch.undo()
    assert calls_send(AT + timedelta(hours=3)) == 3


def test_the_calls_of_an_alert_keep_their_order_and_are_never_given_up(receiver: type[Receiver]) -> None:
    receiver.status = 503
    for number, told in enumerate(("raised", "lasts")):
        AlertCall.objects.create(alert=1, body=f'{{"event":"{told}"}}', created_at=AT + number * MINUTE)
    later = [AT + hours * timedelta(hours=3) for hours in range(12)]
    assert [calls_send(at) for at in later] == [0] * 12
    receiver.status = 204
    AlertCall.objects.create(alert=1, body='{"event":"resolved"}', created_at=later[-1])
    AlertCall.objects.create(alert=2, body='{"event":"other"}', created_at=later[-1])
    assert calls_send(later[-1] + MINUTE) == 1
    assert calls_send(later[-1] + timedelta(hours=3)) == 3
    events = [body["event"] for _, body in receiver.taken]
    assert events == ["raised"] * 12 + ["other", "raised", "lasts", "resolved"]


def test_what_is_measured() -> None:
    week = AT - timedelta(days=7)
    minute = {"jurisdiction": "ir", "channel": "api", "mode": "general", "outcome": "covered"}
    InquiryMinute.objects.create(minute=week - 5 * MINUTE, asked=200, **minute)
    InquiryMinute.objects.create(minute=AT - 5 * MINUTE, asked=30, **minute)
    counts = dict.fromkeys(("le_25", "le_50", "le_100", "le_250", "le_1000", "le_2000", "longer"), 0)
    times = counts | {"le_10": 90, "le_500": 10, "requests": 100, "refused": 3, "failed": 4}
    TrafficMinute.objects.create(minute=AT - MINUTE, door="api", **times)
    TrafficMinute.objects.create(
        minute=AT - MINUTE, door="web", **counts, le_10=1, le_500=0, requests=1, refused=0, failed=1
    )
    assert MEASURES["missing_percent"](AT) == {"ir": 85}
    assert MEASURES["failed_percent"](AT) == {"api": 4}  # one request on the web says nothing
    assert MEASURES["latency_p95"](AT) == {"api": 375.0}


def test_the_thresholds_that_come_with_us_are_read_and_wrong_ones_are_named(tmp_path: Path) -> None:
    assert {rule.measure for rule in read_rules(OWN)} <= set(MEASURES)
    rules = tmp_path / "rules.toml"
    wrong = (
        "[a",
        "a = 1",
        '[a]\nmeasure = "x"\nabove = 1\nrepeat_hours = 1',
        '[a]\nmeasure = "latency_p95"\nabove = 1',
    )
    more = '[a]\nmeasure = "latency_p95"\nabove = %s\nrepeat_hours = 1'
    for content in (*wrong, more % "true", more % '"1"', more % "-1", more % "1\nmore = 2"):
        rules.write_text(content)
        with pytest.raises(RulesWrong):
            read_rules(rules)
