"""What the watch keeps for a time only: minutes a fortnight, results of the probe a week, old alerts a year."""

from datetime import datetime, timedelta

from django.db import transaction

from daftar.portal.monitoring.models import Alert, AlertCall, InquiryMinute, ProbeResult, TrafficMinute

MINUTES_KEPT = timedelta(days=15)
RESULTS_KEPT = timedelta(days=8)
CALLS_KEPT = timedelta(days=30)
ALERTS_KEPT = timedelta(days=400)


@transaction.atomic
def old_forget(at: datetime) -> None:
    """Forget what is too old; tallies of days and days of the probe stay."""
    InquiryMinute.objects.filter(minute__lt=at - MINUTES_KEPT).delete()
    TrafficMinute.objects.filter(minute__lt=at - MINUTES_KEPT).delete()
    ProbeResult.objects.filter(asked_at__lt=at - RESULTS_KEPT).delete()
    AlertCall.objects.filter(created_at__lt=at - CALLS_KEPT).delete()
    Alert.objects.filter(resolved_at__lt=at - ALERTS_KEPT).delete()
