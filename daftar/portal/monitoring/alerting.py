"""Alerts: thresholds looked at each minute; raised, told again while they last, resolved (S2.15).

State, mails and calls are written in one transaction under the duty's row, so that several processes, or one that is
killed, tell each thing once.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from daftar.portal.monitoring.alert_rules import Rule
from daftar.portal.monitoring.measures import MEASURES
from daftar.portal.monitoring.models import Alert, AlertCall, AlertPending, Duty
from daftar.portal.notices.services import mail_put
from daftar.terms.texts import text

log = structlog.get_logger()

DUTY = "alerts"
RAISED, LASTS, RESOLVED = "raised", "lasts", "resolved"


def alerts_look(rules: Sequence[Rule], *, at: datetime) -> None:
    """Measure, and write down and tell what has changed."""
    measured = {rule.name: values for rule in rules if (values := _measured(rule, at)) is not None}
    with transaction.atomic():
        Duty.objects.bulk_create([Duty(name=DUTY, due_at=at)], ignore_conflicts=True)
        Duty.objects.select_for_update().get(name=DUTY)
        open_alerts = {(each.rule, each.subject): each for each in Alert.objects.filter(resolved_at=None)}
        since = {(each.rule, each.subject): each for each in AlertPending.objects.all()}
        for rule in rules:
            if rule.name not in measured:  # nobody knows: what is raised stays so
                open_alerts = {key: each for key, each in open_alerts.items() if key[0] != rule.name}
                since = {key: each for key, each in since.items() if key[0] != rule.name}
                continue
            crossed = {subject: value for subject, value in measured[rule.name].items() if value > rule.above}
            for subject, value in sorted(crossed.items()):
                key = rule.name, subject
                _crossed(rule, subject, value, open_alerts.pop(key, None), since.pop(key, None), at)
        known = {rule.name: rule for rule in rules}
        for alert in open_alerts.values():
            _resolve(alert, at, known.get(alert.rule))
        for pending in since.values():
            pending.delete()


def _measured(rule: Rule, at: datetime) -> Mapping[str, float] | None:
    """What a rule measures; None where that failed, which must not silence the other rules."""
    try:
        with transaction.atomic():
            return MEASURES[rule.measure](at)
    except Exception as error:  # also a statement that was cut off, just when the database is slow
        log.error("not measured", rule=rule.name, error=type(error).__name__)
        return None


def _crossed(
    rule: Rule, subject: str, value: float, alert: Alert | None, pending: AlertPending | None, at: datetime
) -> None:
    """A threshold is crossed: tell it when it has lasted long enough, and again from time to time."""
    if alert is not None:
        alert.value = value
        if at - alert.told_at >= timedelta(hours=rule.repeat_hours):
            alert.told_at = at
            _tell(alert, LASTS, at, rule)
        alert.save()
        return
    if pending is None:
        pending = AlertPending.objects.create(rule=rule.name, subject=subject, since=at)
    if at - pending.since >= timedelta(minutes=rule.lasting_minutes):
        _tell(
            Alert.objects.create(rule=rule.name, subject=subject, value=value, raised_at=pending.since, told_at=at),
            RAISED,
            at,
            rule,
        )
        pending.delete()


def _resolve(alert: Alert, at: datetime, rule: Rule | None) -> None:
    """It is over, or its rule is there no more."""
    alert.resolved_at = at
    alert.save()
    _tell(alert, RESOLVED, at, rule)


def _tell(alert: Alert, event: str, at: datetime, rule: Rule | None) -> None:
    """Leave mails and a call; inside the transaction that changes the alert."""
    watch, language = settings.WATCH, settings.WATCH.alert_language
    shown = {
        "rule": alert.rule,
        "subject": alert.subject or "–",
        "value": f"{alert.value:g}",
        "above": f"{rule.above:g}" if rule else "–",
        "measure": text(f"measure.{rule.measure}", language) if rule else alert.rule,
        "since": f"{alert.raised_at:%Y-%m-%d %H:%M} UTC",
        "address": f"{settings.BASE_URL}/{language}/operations/",
    }
    for address in watch.alert_mail:
        mail_put(address, f"alert_{event}", language=language, at=at, **shown)
    if watch.alert_webhook:
        AlertCall.objects.create(alert=alert.id, body=_call(alert, event, at), created_at=at)


def _call(alert: Alert, event: str, at: datetime) -> str:
    return json.dumps(
        {
            "alert": alert.id,
            "event": event,
            "rule": alert.rule,
            "subject": alert.subject,
            "value": alert.value,
            "since": alert.raised_at.isoformat(),
            "at": at.isoformat(),
            "installation": settings.BASE_URL,
        }
    )
