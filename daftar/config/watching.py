"""Threads of the portal that watch over the service: counting, alerts, calls, the probe (S2.15). Wants Django set up.

One thread for each: a receiver of calls that hangs, or a journal that grew by millions, keeps no alert waiting.
"""

import threading
from datetime import datetime, timedelta

TALLY_EVERY = timedelta(seconds=20)
ALERTS_EVERY = timedelta(minutes=1)
CALLS_EVERY = timedelta(seconds=10)
FORGETTING_EVERY = timedelta(hours=1)
PROBE_EVERY = timedelta(minutes=1)
LASTING = timedelta(minutes=5)
"""How long a turn may last: a million rows to count, a receiver that takes each call slowly, a probe unanswered."""


def start_watching() -> threading.Event:
    """Start all duties; the event stops them. A wrong file of thresholds ends the start with a sentence."""
    from django.conf import settings

    from daftar.portal.monitoring.alert_rules import OWN, read_rules
    from daftar.portal.monitoring.alerting import DUTY, alerts_look
    from daftar.portal.monitoring.calling import calls_send
    from daftar.portal.monitoring.duties import Task, keep
    from daftar.portal.monitoring.probing import Probe
    from daftar.portal.monitoring.spans import spans_roll
    from daftar.portal.monitoring.tallying import DUTY as TALLY
    from daftar.portal.monitoring.tallying import journal_tally

    rules = read_rules(settings.WATCH.rules or OWN)
    tasks = [
        Task(TALLY, TALLY_EVERY, journal_tally, LASTING),
        Task("spans", TALLY_EVERY, spans_roll, LASTING),
        Task(DUTY, ALERTS_EVERY, lambda at: alerts_look(rules, at=at)),
        Task("calls", CALLS_EVERY, calls_send, LASTING),
        Task("forgetting", FORGETTING_EVERY, _forget),
    ]
    if settings.WATCH.channels:
        probe = Probe(settings.WATCH.probe_url, settings.WATCH.channels)
        tasks.append(Task("probe", PROBE_EVERY, probe.ask_all, LASTING))
    stop = threading.Event()
    for task in tasks:
        threading.Thread(target=keep, args=([task], stop), name=task.name, daemon=True).start()
    return stop


def _forget(at: datetime) -> None:
    """What is kept for a time only: of the watch, and of the face checks."""
    from daftar.portal.monitoring.forgetting import old_forget
    from daftar.portal.proxy.faces.captures import captures_forget

    old_forget(at)
    captures_forget(at)
