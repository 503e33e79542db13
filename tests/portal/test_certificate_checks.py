"""What anybody brings to the public page: a number, a QR, a PDF; one answer, one row of the journal (S1.25, X.5)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from weasyprint import HTML

from daftar.portal.certificates.forms import MOST_MEGABYTES
from daftar.portal.certificates.models import Certificate
from daftar.portal.journal.models import Inquiry
from daftar.portal.theme.paper.reading import SIGNED
from daftar.portal.theme.paper.signature import Signature, signature
from daftar.terms.certificate_codes import new_number
from daftar.terms.digits import to_persian
from daftar.terms.texts import text
from tests.portal import officials, world
from tests.portal.acting import log_in, words
from tests.portal.certifying import citizen, issue

pytestmark = pytest.mark.usefixtures("portal")

VERIFY = "/en/certificates/verify/"
LANGUAGES = ("fa", "zh", "en")


def paper(owner: Client, language: str = "en") -> tuple[str, bytes]:
    """A fresh certificate's number and PDF."""
    number, _ = issue(owner)
    return number, owner.get(f"/{language}/certificates/inbox/{number}/certificate.pdf").content


def bring(pdf: bytes, language: str = "en", client: Client | None = None) -> object:
    """Upload a file on the public page."""
    sent = {"with_paper": "yes", "paper": SimpleUploadedFile("from-reza.pdf", pdf, "application/pdf")}
    return (client or Client()).post(f"/{language}/certificates/verify/", sent)


def flipped(pdf: bytes, place: int) -> bytes:
    """One bit of one byte is another."""
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def checks() -> list[tuple[str, str, str | None]]:
    """Outcome, fields told and reference of what the public page has journalled since the certificate was printed."""
    rows = Inquiry.objects.filter(mode="certificate").order_by("asked_at", "id")
    own = ("issued", "shown", "printed", "code_shown", "revoked")
    return [(row.outcome, row.shown, row.reference) for row in rows if row.outcome not in own]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unchanged_pdf_is_valid_until_it_is_revoked(language: str) -> None:
    owner = citizen()
    number, pdf = paper(owner, language)
    told = bring(pdf, language)
    assert (told.status_code, text("certificate.valid", language) in words(told)) == (200, True)
    for personal in ("رضا", "نمونه", world.PAID[1], "from-reza", officials.NAMES[officials.FUND]):
        assert personal not in told.content.decode()
    owner.post(f"/en/certificates/inbox/{number}/revoke/")
    assert text("certificate.revoked", language) in words(bring(pdf, language))
    assert checks() == [("checked", "validity", number)] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_with_one_changed_byte_says_so_tells_nothing_and_is_journalled(language: str) -> None:
    _, pdf = paper(citizen())
    low, high = SIGNED.search(pdf).span()
    chance = Random(5)
    places = [3, pdf.index(b"stream") + 40, low + 1, low + 5000, high - 2, len(pdf) - 2]
    for place in places + [chance.randrange(len(pdf)) for _ in range(4)]:
        told = bring(flipped(pdf, place), language)
        page = words(told)
        assert (told.status_code, text("certificate.altered", language) in page) == (200, True), place
        assert text("certificate.valid", language) not in page
        assert "data-number" not in told.content.decode()
    assert checks() == [("altered", "", None)] * 10


def test_an_altered_pdf_of_a_revoked_or_unknown_one_is_altered_all_the_same() -> None:
    owner = citizen()
    number, pdf = paper(owner)
    owner.post(f"/en/certificates/inbox/{number}/revoke/")
    assert text("certificate.altered", "en") in words(bring(flipped(pdf, 500)))
    Certificate.objects.all().delete()
    assert text("certificate.altered", "en") in words(bring(flipped(pdf, 500)))
    assert text("certificate.not_ours", "en") in words(bring(pdf))
    assert checks() == [("altered", "", None), ("altered", "", None), ("not_found", "", None)]


def test_who_else_signed_it_or_nobody_is_not_ours(tmp_path: Path) -> None:
    unsigned = HTML(string="<p>گواهی</p>").write_pdf()
    foreign = Signature(tmp_path / "theirs.pem").sign(unsigned, reason="x")
    for pdf in (foreign, unsigned, b"%PDF-1.7\n" + b"\0" * 5000, unsigned[:300], b"%PDF-1.7 /Encrypt /XRefStm 1"):
        page = words(bring(pdf))
        assert text("certificate.not_ours", "en") in page
        assert "no signature of ours" in page
    assert checks() == [("not_ours", "", None)] * 5


def test_another_paper_of_ours_is_called_that() -> None:
    made = signature(settings.PDF_SIGNER, settings.PDF_SIGNERS).sign(HTML(string="<p>x</p>").write_pdf(), reason="x")
    assert text("certificate.no_certificate", "en") in words(bring(made))
    assert checks() == [("no_certificate", "", None)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "paper_not_pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "paper_not_pdf"),
        (b"%PDF-1.7\n" + b"\0" * (MOST_MEGABYTES * 1024**2), "paper_too_large"),
    ],
    ids=["empty", "picture", "too large"],
)
def test_what_is_no_pdf_or_too_large_is_refused_at_its_field(content: bytes, complaint: str, language: str) -> None:
    refused = bring(content, language)
    most = to_persian(str(MOST_MEGABYTES)) if language == "fa" else str(MOST_MEGABYTES)
    said = text(f"input.{complaint}", language, most=most)
    assert (refused.status_code, words(refused).count(said)) == (422, 2)  # in the summary and at the field
    assert 'href="#id_paper"' in refused.content.decode()
    assert checks() == []


def test_no_file_at_all_is_asked_for() -> None:
    for sent in ({"with_paper": "yes"}, {"with_paper": "yes", "paper": "text"}):
        refused = Client().post(VERIFY, sent)
        assert (refused.status_code, "Choose a file." in words(refused)) == (422, True)


def test_a_file_without_the_pages_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert bring(b"%PDF-1.7", client=strict).status_code == 403
    page = strict.get(VERIFY).content.decode()
    assert page.count("csrfmiddlewaretoken") == 2
    assert checks() == []


def test_a_number_a_forged_qr_and_an_unknown_number_are_journalled_without_what_was_typed() -> None:
    number, _ = issue(citizen())
    token = Certificate.objects.get(number=number).token
    unknown = new_number()
    for typed in (number, token):
        Client().get(Client().post(VERIFY, {"number": typed}).url)
    assert text("certificate.not_ours", "en") in words(Client().get(f"{VERIFY}{unknown}/"))
    assert text("certificate.not_ours", "en") in words(Client().post(VERIFY, {"number": f"{token[:-6]}AAAAAA"}))
    assert checks() == [
        *[("checked", "validity", number)] * 2,
        ("not_found", "", None),
        ("forged", "", None),
    ]
    rows = Inquiry.objects.filter(outcome__in=("not_found", "forged"))
    assert unknown not in str(list(rows.values()))
    assert {(row.account, row.organisation, row.ground) for row in rows} == {(None, None, "consent")}


def test_the_owner_sees_that_somebody_checked_and_by_whom_if_they_were_logged_in() -> None:
    owner = citizen()
    number, pdf = paper(owner)
    bring(pdf)
    bring(pdf, client=log_in("fund"))
    history = words(owner.get(f"/en/certificates/inbox/{number}/"))
    assert "Checked: is it valid? – " + officials.NAMES[officials.FUND] in history
    looks = words(owner.get("/en/looks/"))
    assert "Whoever had the certificate in hand" in looks
    assert "whether the certificate is valid" in looks


def test_a_row_that_cannot_be_written_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    number, pdf = paper(citizen())

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("no row")

    monkeypatch.setattr("daftar.disclosure.certificates.journal.record", fail)
    stranger = Client(raise_request_exception=False)
    for told in (
        bring(pdf, client=stranger),
        stranger.get(f"{VERIFY}{number}/"),
        bring(flipped(pdf, 9), client=stranger),
    ):
        assert told.status_code == 500
        assert "We issued" not in words(told)
    assert checks() == []


def test_who_brings_many_that_are_none_of_ours_is_slowed_down_and_a_certificate_still_told() -> None:
    number, pdf = paper(citizen())
    now = datetime.now(UTC).replace(minute=5)
    with time_machine.travel(now, tick=False):
        for _ in range(60):
            assert Client().get(f"{VERIFY}{new_number()}/").status_code == 200
        slowed = Client().get(f"{VERIFY}{new_number()}/")
        assert (slowed.status_code, "Retry-After" in slowed.headers) == (429, True)
        assert bring(flipped(pdf, 9)).status_code == 429
        assert Client().get(f"{VERIFY}{number}/").status_code == 200
        assert bring(pdf).status_code == 200
    assert [outcome for outcome, *_ in checks()] == ["not_found"] * 60 + ["too_many"] + ["checked"] * 2
    with time_machine.travel(now + timedelta(minutes=61)):
        assert bring(flipped(pdf, 9)).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_hundred_checks_are_told_and_fill_neither_journal_nor_the_owners_page(language: str) -> None:
    owner = citizen()
    number, _ = issue(owner)
    stranger = Client()
    now = datetime.now(UTC).replace(minute=5)
    with time_machine.travel(now, tick=False):
        for _ in range(200):
            assert text("certificate.valid", "en") in words(stranger.get(f"{VERIFY}{number}/"))
    assert [outcome for outcome, *_ in checks()] == ["checked"] * 10 + ["checked_often"]
    often = {"fa": "بررسی اعتبار به دفعات زیاد", "zh": "核验过于频繁", "en": "Checked very often"}[language]
    assert words(owner.get(f"/{language}/certificates/inbox/{number}/")).count(often) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_owners_page_says_how_much_more_there_is(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daftar.disclosure.certificates.journal.MOST_SHOWN", 5)
    owner = citizen()
    number, _ = issue(owner)
    for _ in range(10):
        Client().get(f"{VERIFY}{number}/")
    more = {"fa": "و ۵ مورد دیگر که", "zh": "另有 5 条未在此列出", "en": "And 5 more that"}[language]
    assert more in words(owner.get(f"/{language}/certificates/inbox/{number}/"))


def test_a_head_request_is_no_check_and_tells_nothing() -> None:
    number, _ = issue(citizen())
    for each in (number, new_number()):
        told = Client().head(f"{VERIFY}{each}/")
        assert (told.status_code, told.content, told.headers["Content-Length"]) == (200, b"", "0")
    assert Client().head(f"{VERIFY}{number[:10]}/").status_code == 404
    assert checks() == []


def test_past_its_last_day_the_pdf_is_no_longer_valid() -> None:
    number, pdf = paper(citizen())
    Certificate.objects.filter(number=number).update(valid_until=date(2025, 1, 1))
    assert text("certificate.revoked", "en") in words(bring(pdf))


def test_the_pages_of_organisation_and_owner_lead_there() -> None:
    for client, page in ((log_in("fund"), "open"), (citizen(), "inbox")):
        assert f'href="{VERIFY}"' in client.get(f"/en/certificates/{page}/").content.decode()
