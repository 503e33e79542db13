"""The plain way: a Django + ninja view doing the same inquiry through the ORM, served by the same server as WSGI.

Peer of the benchmark only; it shares the tables, the secrets and the tracking code, and nothing of the gate.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")

import django

django.setup()

from datetime import UTC, date, datetime

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.urls import path
from ninja import NinjaAPI, Schema
from ninja.security import HttpBearer

from daftar.answers.tracking import TrackingCodes
from daftar.gate.tokens import Tokens
from daftar.portal.entitlement.models import Coverage
from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import Agreement, ApiClient, Organisation

TRACKING = TrackingCodes(settings.SECRETS)
TOKENS = Tokens(settings.SECRETS)
FIRST_ID = 800 * 10**12


class Bearer(HttpBearer):
    """The same token; client, organisation and agreement are looked up as one would."""

    def authenticate(self, request: object, token: str) -> object:
        """The organisation, when it may ask."""
        claims = TOKENS.read(token)
        client = claims and ApiClient.objects.filter(client_id=claims.client_id, enabled=True).first()
        organisation = client and Organisation.objects.filter(code=client.organisation, suspended=False).first()
        in_force = organisation and Agreement.objects.filter(organisation=organisation.code, withdrawn=False).exists()
        return client if in_force else None


class Subject(Schema):
    """As in the contract."""

    type: str
    number: str


class EligibilityInquiry(Schema):
    """As in the contract."""

    subject: Subject
    service_date: date | None = None
    setting: str = "outpatient"


api = NinjaAPI(auth=Bearer())


@api.post("/eligibility-inquiries")
def inquire(request, sent: EligibilityInquiry):
    """One transaction: the span, the journal row, the tracking code."""
    day, now = sent.service_date or date.today(), datetime.now(UTC)
    key = settings.SECRETS.key(sent.subject.type, sent.subject.number)
    with transaction.atomic():
        span = Coverage.objects.filter(key=key, insurer="ir-sso", starts__lte=day).order_by("-starts").first()
        covered = span is not None and (span.ends is None or day <= span.ends)
        inquiry = Inquiry.objects.create(
            id=FIRST_ID + _next_number(),
            asked_at=now,
            channel="api",
            mode="general",
            organisation=request.auth.organisation,
            account=request.auth.client_id,
            key=key,
            service_day=day,
            setting=sent.setting,
            outcome="covered" if covered else "not_covered",
            reason=(span.reason if covered else span.reason_after) if span else "unknown_person",
            valid_until=span.ends if span else None,
            rule_version=span.rule_version if span else "",
            ground="agreement",
            shown="status tracking_code",
        )
    return {
        "tracking_code": TRACKING.codes([inquiry.id])[0],
        "status": inquiry.outcome,
        "service_date": day,
        "setting": sent.setting,
        "answered_at": now,
    }


def _next_number() -> int:
    """From the sequence that the other peers use too: a row to count in would make the requests wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('bench_sequence')")
        return int(cursor.fetchone()[0])


urlpatterns = [path("api/v1/", api.urls)]
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
