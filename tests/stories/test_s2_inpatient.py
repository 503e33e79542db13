"""S2.5 and S2.13: inpatient care, whose overlaps «کماکان به قوت خود باقی است», and evidence that comes by itself.

By the pages of hospital, counter, hotline, headquarters and citizen, with real feeds and a registry on a socket.
"""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from daftar.answers import SharedWriter
from daftar.feeds.connectors.asking import Journal
from daftar.feeds.connectors.nightly import Pass, ask_due
from daftar.feeds.load import load_file
from daftar.portal.entitlement.models import Admission, Overlap
from daftar.portal.journal.services import TRACKING
from daftar.store.connect import connect
from daftar.terms.outcomes import EvidenceKind
from daftar.terms.texts import text
from tests.feeds.registering import registry, says, switch_on
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.identity_authority import Authority, served

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
HEALTH = "سازمان بیمه سلامت ایران"
OURS = "سازمان تأمین اجتماعی"
HEAD = "id_type,id_number,insurer,starts,ends,number,recorded_at"


def report_cover(url: str, folder: Path, starts: date, ends: str, day: int) -> None:
    """The health insurer reports PAID's cover; its rows come as every feed's."""
    recorded = datetime(2026, 1, day, tzinfo=UTC).isoformat()
    path = folder / f"other_cover-{day}.csv"
    row = f"{world.PAID[0]},{world.PAID[1]},ir-health,{starts},{ends},H-77,{recorded}"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    report = load_file(url, settings.SECRETS, "other_cover", path, at=datetime.now(UTC))
    assert (report.changed, report.problem) == (1, None)


def admit(client, payer: str) -> str:
    """The hospital asks for an inpatient and records the payer; the text of the page before."""
    values = {"type": world.PAID[0], "number": world.PAID[1], "service_day": str(date.today()), "setting": "inpatient"}
    address = client.post("/fa/entitlement/ask/", values).url
    page = words(client.get(address))
    assert client.post(address, {"payer": payer, "reference": "پذیرش ۷۷"}).status_code == 302
    return page


def test_a_hospital_learns_who_pays_and_the_insurer_finds_the_overlap(portal: str, tmp_path: Path) -> None:
    """All known cover, payers in order with reasons, the choice under the admission's number; report, file, end."""
    report_cover(portal, tmp_path, date(2026, 1, 1), "", 1)
    page = admit(log_in("hospital"), "ir-sso")
    first, later = (text(f"payer_reason.{each}", "fa") for each in ("first_in_order", "later_in_order"))
    assert f"{OURS} {first} {HEALTH} {later}" in page
    assert (Admission.objects.get().payer, Admission.objects.get().reference) == ("ir-sso", "پذیرش ۷۷")
    headquarters = log_in("headquarters")
    found = words(headquarters.get("/fa/entitlement/overlaps/"))
    assert f"{OURS} + {HEALTH}" in found
    number = Overlap.objects.get(key=world.key_of(world.PAID)).id
    assert "H-77" in words(headquarters.get(f"/fa/entitlement/overlaps/{number}/"))
    assert "پوشش هم‌زمان چند بیمه‌گر" in words(log_in("citizen").get("/fa/looks/"))  # the person sees who looked
    report_cover(portal, tmp_path, date(2026, 1, 1), "2026-01-31", 2)
    assert f"{OURS} + {HEALTH}" not in words(headquarters.get("/fa/entitlement/overlaps/"))


def test_a_son_of_19_is_covered_by_what_the_ministry_says_at_night(portal: str, monkeypatch) -> None:
    """«گواهی اشتغال به تحصیل»: on paper until the exchange is there; then by itself, and the answer says which."""
    counter, missing = log_in("counter"), text("reason.study_certificate_missing", "fa")
    values = {"type": world.SON[0], "number": world.SON[1]}
    person = counter.post("/fa/console/people/", values).url
    assert missing in words(counter.get(person))
    switch_on(monkeypatch, date(2026, 1, 1), "study_certificate")
    until = date.today() + timedelta(days=300)
    connections["default"].close()
    with served(Authority(answer=says("confirmed", valid_until=str(until)))) as ministry:
        conn = connect(portal)
        asked = ask_due(
            conn,
            settings.SECRETS,
            {EvidenceKind.STUDY_CERTIFICATE: registry(ministry)},
            by=Journal(SharedWriter(), TRACKING),
            clock=lambda: datetime.now(UTC),
            going_on=lambda connector, at: True,
        )
        conn.close()
    assert asked == {"study_certificates": Pass(asked=1, confirmed=1)}
    page = words(counter.get(person))
    assert text("status.covered", "fa") in page
    assert text("evidence_source.connector", "fa") in page
    code = re.search(r"[۰-۹]{4} [۰-۹]{4} [۰-۹]{4} [۰-۹]{4}", page)
    assert code
    hotline = log_in("hotline")
    explained = hotline.post("/fa/console/answers/", {"code": code[0]}, follow=True)
    assert text("evidence_source.connector", "fa") in words(explained)
