"""The status page for everybody and the operations pages for the insurer's administrators (S2.14-S2.16)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from daftar.portal.directory.models import Office
from daftar.portal.feeds.models import FeedOffice
from daftar.portal.monitoring.alerts_seen import alerts_of
from daftar.portal.monitoring.models import Alert, InquiryMinute, InquiryTally, ProbeDay, ProbeResult, TrafficMinute
from daftar.portal.monitoring.queues import offices_silent
from daftar.portal.organisations.models import Organisation
from daftar.terms.jurisdictions import jurisdictions
from tests.portal import world
from tests.portal.acting import log_in

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]
MINUTE = timedelta(minutes=1)
TIMES = ("le_10", "le_25", "le_50", "le_100", "le_250", "le_500", "le_1000", "le_2000", "longer")


def probed(channel: str, *working: bool) -> None:
    """Results of the last minutes, the newest last, and their day."""
    at = timezone.now()
    for back, each in enumerate(reversed(working)):
        ProbeResult.objects.create(channel=channel, asked_at=at - back * MINUTE, working=each, milliseconds=12)
    for jurisdiction in jurisdictions().values():
        day, failed = jurisdiction.today(at), working.count(False)
        ProbeDay.objects.create(
            channel=channel, jurisdiction=jurisdiction.code, day=day, asked=len(working), failed=failed
        )


def counted(scope: str, place: str, asked: int, **more: object) -> None:
    """Inquiries of a place, today."""
    kind = {"channel": "api", "mode": "general", "outcome": "covered"} | more
    today = jurisdictions()["ir"].today(timezone.now())
    InquiryTally.objects.create(**{"scope": scope, "place": place, "day": today, "asked": asked} | kind)


def busy() -> None:
    """A service with everything that its pages can show."""
    for model in (ProbeResult, ProbeDay, InquiryMinute, InquiryTally, TrafficMinute, Alert):
        model.objects.all().delete()
    at = timezone.now()
    probed("web", *[True] * 5)
    probed("api", True, False, True)
    probed("sms", False, False, False)
    for channel in ("api", "sms", "web"):
        told = {"jurisdiction": "ir", "channel": channel, "mode": "general", "outcome": "covered"}
        for back in range(2, 180, 7):
            minute = (at - back * MINUTE).replace(second=0, microsecond=0)
            InquiryMinute.objects.create(minute=minute, asked=100 + back, **told)
        counted("jurisdiction", "ir", 5000, channel=channel)
    counts = dict.fromkeys(TIMES, 0) | {"le_100": 50, "requests": 50, "refused": 7, "failed": 1}
    TrafficMinute.objects.create(minute=at - MINUTE, door="api", **counts)
    Alert.objects.create(rule="slow", subject="api", value=1350, raised_at=at, told_at=at)
    Alert.objects.create(rule="failing", value=3, raised_at=at - MINUTE, told_at=at, resolved_at=at)


def test_each_channel_is_told_by_word() -> None:
    probed("web", True, True, True)
    probed("sms", True, False, True)
    probed("ussd", False, False, False)
    page = Client().get("/en/status/").content.decode()
    for words in ("Some channels do not work", "disturbed", "does not work", "Days with disturbances", "1420"):
        assert words in page
    assert page.count('class="tag state-works"') == 1


def test_nobody_watches() -> None:
    page = Client().get("/en/status/").content.decode()
    assert "Not all channels are being checked" in page
    probed("web")
    ProbeDay.objects.update(asked=5)
    page = Client().get("/en/status/").content.decode()
    assert "not checked now" in page
    assert "No disturbance in these days." in page


def test_operations_shows_now() -> None:
    busy()
    page = log_in("headquarters").get("/en/operations/").content.decode()
    for shown in (
        "0.34",
        "Machine interface (JSON)",
        "slow",
        "1350",
        "does not work",
        "What waits",
        "Offices, the longest",
    ):
        assert shown in page
    assert Client().get("/en/operations/").status_code == 302
    assert log_in("counter").get("/en/operations/").status_code == 403


def test_each_country_sees_its_own_offices_and_alerts() -> None:
    at = timezone.now()
    FeedOffice.objects.all().delete()
    Office.objects.create(code="o-9", kind="branch", name="北京", region="cn-110000", recorded_at=at)
    for code in ("o-9", "cn-77", "ir-3"):
        FeedOffice.objects.create(office=code, table="persons", newest_fact=at, last_contact=at)
        Alert.objects.create(rule="office-silent", subject=code, value=27, raised_at=at, told_at=at)
    for subject in ("api", "ir", "cn"):
        Alert.objects.create(rule="missing", subject=subject, value=90, raised_at=at, told_at=at)
    seen = {zone: {each.code for each in offices_silent(zone, at)} for zone in ("ir", "cn")}
    assert seen == {"ir": {"ir-3"}, "cn": {"o-9", "cn-77"}}
    told = {zone: set(alerts_of(zone).values_list("subject", flat=True)) for zone in ("ir", "cn")}
    assert told == {"ir": {"ir-3", "api", "ir"}, "cn": {"o-9", "cn-77", "api", "cn"}}


def test_history_by_country_province_office_and_organisation() -> None:
    Organisation.objects.filter(code=world.HOSPITAL).update(province="ir-8", office="ir-1")
    counted("jurisdiction", "ir", 1234)
    counted("office", "ir-1", 555)
    counted("organisation", world.HOSPITAL, 333)
    counted("jurisdiction", "ir", 9999, mode="looks")  # no inquiry
    client = log_in("headquarters")

    def total(query: str) -> str:
        return client.get(f"/en/operations/history/{query}").content.decode()

    assert "<dd>1234</dd>" in total("")
    assert "<dd>555</dd>" in total("?office=ir-1")
    assert "333" in total("?office=ir-1&days=365")
    assert "<dd>333</dd>" in total(f"?organisation={world.HOSPITAL}")
    assert "No such place in your country." in total("?organisation=nowhere")
    assert client.get("/en/operations/history/?days=9&province=xx").status_code == 422
