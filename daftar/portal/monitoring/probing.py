"""The probe's round: its known question on every channel each minute, and what came of it (S2.15)."""

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from daftar.disclosure.clients import client_make
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import raw_connection
from daftar.portal.monitoring.line import NoAnswer
from daftar.portal.monitoring.models import ProbeDay, ProbeResult
from daftar.portal.monitoring.probe_account import session_open
from daftar.portal.monitoring.probe_asking import Asking, Wrong
from daftar.portal.monitoring.probe_questions import QUESTIONS
from daftar.portal.organisations.models import Agreement, ApiClient, Organisation, ProviderPhone
from daftar.store.sealing import seal_fields
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Status
from daftar.terms.probe import MOBILE, PROBE

SCOPES = "eligibility"
SINCE = date(2020, 1, 1)
CLOCKS_APART = timedelta(seconds=20)
STARTING_SECONDS, WAIT_SECONDS = 60.0, 0.5


class Probe:
    """The probe of one process; who asks in which minute is a duty (daftar.portal.monitoring.duties)."""

    def __init__(self, base: str, channels: Sequence[str]) -> None:
        secret = settings.SECRETS.derive("probe").hex()
        self._asking = Asking(base, secret, settings.WATCH.gateways, self._journalled, _session)
        self._channels = [channel for channel in QUESTIONS if channel in channels]
        self._begun = False
        self._asked_at = datetime.now(UTC)

    def ask_all(self, at: datetime) -> None:
        """Ask on every channel, one after the other, and record each answer."""
        if not self._begun:
            probe_make(at=at)
            self._begun = True
            self._wait_for_the_service()
        for channel in self._channels:
            began, self._asked_at = time.perf_counter(), datetime.now(UTC)
            problem = self._ask(channel)
            milliseconds = round((time.perf_counter() - began) * 1000)
            result_record(channel, problem=problem, milliseconds=milliseconds, at=datetime.now(UTC))

    def _wait_for_the_service(self) -> None:
        """A service that is only starting, or does not know the new client yet, is no failure of a channel."""
        until = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < until:
            try:
                self._asking.bearer()
            except (Wrong, NoAnswer):
                time.sleep(WAIT_SECONDS)
            else:
                return

    def _journalled(self, channel: str) -> bool:
        """Whether the question at hand stands in the journal, answered."""
        found = Inquiry.objects.filter(organisation=PROBE, asked_at__gt=self._asked_at - CLOCKS_APART, channel=channel)
        return found.filter(outcome=Status.NOT_COVERED).exists()

    def _ask(self, channel: str) -> str:
        """What was wrong; empty when the known answer came."""
        try:
            QUESTIONS[channel](self._asking)
        except (Wrong, NoAnswer) as error:
            return error.problem
        return ""


def _session() -> str:
    try:
        return session_open(at=datetime.now(UTC))
    except LookupError:
        raise Wrong("refused") from None


@transaction.atomic
def probe_make(*, at: datetime) -> None:
    """Make the probe's organisation, agreement and client, where they are not there as they should be."""
    fields = {"kind": "provider", "name": "Probe", "recorded_at": at}
    Organisation.objects.get_or_create(code=PROBE, defaults=fields)
    Agreement.objects.get_or_create(
        organisation=PROBE, number=PROBE, defaults={"starts": SINCE, "purposes": "eligibility", "recorded_at": at}
    )
    secret = settings.SECRETS.derive("probe").hex()
    mobile_key = settings.SECRETS.mobile_key(MOBILE)
    sealed = seal_fields(settings.SECRETS, "provider_phone", {"mobile": MOBILE, "holder": PROBE})
    ProviderPhone.objects.get_or_create(
        organisation=PROBE, mobile_key=mobile_key, defaults={"sealed": sealed, "recorded_at": at}
    )
    if not ApiClient.objects.filter(client_id=PROBE, scopes=SCOPES, enabled=True).exists():
        conn = raw_connection()
        client_make(conn, settings.SECRETS, client_id=PROBE, organisation=PROBE, scopes=SCOPES, secret=secret, at=at)


@transaction.atomic
def result_record(channel: str, *, problem: str, milliseconds: int, at: datetime) -> None:
    """Record one answer of the probe, and count it in the day of every jurisdiction."""
    ProbeResult.objects.create(
        channel=channel, asked_at=at, working=not problem, milliseconds=milliseconds, problem=problem
    )
    for jurisdiction in jurisdictions().values():
        day = {"channel": channel, "jurisdiction": jurisdiction.code, "day": jurisdiction.today(at)}
        ProbeDay.objects.bulk_create([ProbeDay(**day, asked=0, failed=0)], ignore_conflicts=True)
        ProbeDay.objects.filter(**day).update(asked=F("asked") + 1, failed=F("failed") + bool(problem))
