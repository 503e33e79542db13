"""Threads of the portal that watch over the service: counting, alerts, the probe (S2.15). Wants Django set up."""

import threading
from datetime import timedelta

TALLY_EVERY = timedelta(seconds=20)
ALERTS_EVERY = timedelta(minutes=1)
CALLS_EVERY = timedelta(seconds=10)
FORGETTING_EVERY = timedelta(hours=1)
PROBE_EVERY = timedelta(minutes=1)


def start_watching() -> threading.Event:
    """Start all duties; the event stops them. A wrong file of thresholds ends the start with a sentence."""
    from django.conf import settings

    from daftar.portal.monitoring.alert_rules import OWN, read_rules
    from daftar.portal.monitoring.alerting import DUTY, alerts_look
    from daftar.portal.monitoring.calling import calls_send
    from daftar.portal.monitoring.duties import Task, keep
    from daftar.portal.monitoring.forgetting import old_forget
    from daftar.portal.monitoring.probing import Probe
    from daftar.portal.monitoring.tallying import DUTY as TALLY
    from daftar.portal.monitoring.tallying import journal_tally

    rules = read_rules(settings.WATCH.rules or OWN)
    tasks = [
        Task(TALLY, TALLY_EVERY, journal_tally),
        Task(DUTY, ALERTS_EVERY, lambda at: alerts_look(rules, at=at)),
        Task("calls", CALLS_EVERY, calls_send),
        Task("forgetting", FORGETTING_EVERY, old_forget),
    ]
    stop = threading.Event()
    threading.Thread(target=keep, args=(tasks, stop), name="watch", daemon=True).start()
    if settings.WATCH.channels:
        probe = Probe(settings.WATCH.probe_url, settings.WATCH.channels)
        probing = [Task("probe", PROBE_EVERY, probe.ask_all)]
        threading.Thread(target=keep, args=(probing, stop), name="probe", daemon=True).start()
    return stop
