"""S2.15: each minute somebody asks a known question on every channel, and the public reads how they work."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from daftar.portal.journal.models import Inquiry
from daftar.portal.monitoring import probe_asking
from daftar.portal.monitoring.models import InquiryTally, ProbeResult
from daftar.portal.monitoring.probing import Probe
from daftar.portal.monitoring.tallying import journal_tally
from daftar.portal.notices.models import OutboxMessage
from tests.gate.installation import served

CHANNELS = ("web", "app", "sms", "ussd", "api", "fhir")
GATEWAYS = {"kannel": "a made-up secret", "operator": "another made-up one"}


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_the_probe_asks_on_every_channel_and_the_status_page_tells_it(portal: str, settings, monkeypatch) -> None:
    settings.WATCH = replace(settings.WATCH, gateways=GATEWAYS)
    monkeypatch.setattr(probe_asking, "SECONDS", 60.0)  # a busy machine is no failure here
    known = {"DAFTAR_KANNEL_SECRET": GATEWAYS["kannel"], "DAFTAR_USSD_GATEWAYS": f"operator:{GATEWAYS['operator']}"}
    with served(portal, part="both", **known) as server:
        Probe(server.base, CHANNELS).ask_all(datetime.now(UTC))
    results = ProbeResult.objects.values_list("channel", "problem")
    assert sorted(results) == [(channel, "") for channel in sorted(CHANNELS)]
    page = Client().get("/en/status/").content.decode()
    assert "All channels work" in page
    assert page.count("tag state-works") == len(CHANNELS)
    asked = Inquiry.objects.filter(organisation="probe").order_by("channel").values_list("channel", "outcome")
    assert list(asked) == [(channel, "not_covered") for channel in sorted(CHANNELS)]
    journal_tally(datetime.now(UTC))
    assert not OutboxMessage.objects.filter(channel="sms").exists()  # nothing goes out to the probe's telephone
    assert not InquiryTally.objects.filter(place="probe").exists()
