"""/metrics of a portal that is served alone; where gate and portal are one process the gate answers it (design §7)."""

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from daftar.answers.metrics import REGISTRY


def metrics(request: HttpRequest) -> HttpResponse:
    """What this process has counted, in Prometheus' text format. The proxy keeps it to this machine."""
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
