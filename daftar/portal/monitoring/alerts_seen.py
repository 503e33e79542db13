"""Alerts as headquarters of a country see them: those about it, and those about the service as a whole (S2.15)."""

from django.db.models import Q, QuerySet

from daftar.portal.monitoring.models import Alert
from daftar.portal.monitoring.queues import offices_of
from daftar.terms.jurisdictions import jurisdictions


def alerts_of(jurisdiction: str) -> QuerySet[Alert]:
    """All but those whose subject is another country, or an office there."""
    elsewhere = Q()
    for code in jurisdictions():
        if code != jurisdiction:
            elsewhere |= Q(subject=code) | Q(subject__startswith=f"{code}-")
            elsewhere |= Q(subject__in=offices_of(code).values("code"))
    return Alert.objects.exclude(elsewhere)
