"""The PDF: signed, altered by one byte, its QR read back from paper; programs of others judge (S1.23-S1.26)."""

import json
import re
import subprocess
from pathlib import Path

import jwt
import pytest
from django.conf import settings
from django.test import Client

from daftar.portal.certificates.models import Certificate
from daftar.terms.certificate_codes import number_in_fours
from daftar.terms.digits import to_latin
from tests.portal import officials
from tests.portal.acting import log_in
from tests.portal.certifying import citizen, issue, open_document
from tests.portal.reading_paper import pdfsig, pyhanko_accepts, told_by

pytestmark = pytest.mark.usefixtures("portal")


def paper(language: str = "fa", **period: str) -> tuple[str, bytes]:
    """A fresh certificate's number and PDF."""
    client = citizen()
    number, _ = issue(client, **period)
    return number, client.get(f"/{language}/certificates/inbox/{number}/certificate.pdf").content


def test_pdfsig_and_pyhanko_accept_it_and_see_one_changed_byte(tmp_path: Path) -> None:
    _, pdf = paper()
    said = pdfsig(pdf, tmp_path)
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert pyhanko_accepts(pdf)
    place = pdf.index(b"stream") + 40
    altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert "Signature is Valid" not in pdfsig(altered, tmp_path)
    assert not pyhanko_accepts(altered)


def test_the_qr_on_paper_verifies_off_line_with_another_library(tmp_path: Path) -> None:
    number, pdf = paper()
    (tmp_path / "certificate.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "certificate.pdf", "page"], cwd=tmp_path, check=True)
    scanned = subprocess.run(
        ["zbarimg", "-q", "--raw", "--oneshot", *sorted(tmp_path.glob("page*.png"))],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    published = Client().get("/.well-known/jwks.json")
    assert published.headers["Content-Type"] == "application/jwk-set+json"
    keys = jwt.PyJWKSet.from_dict(json.loads(published.content))
    kid = jwt.get_unverified_header(scanned)["kid"]
    claims = jwt.decode(scanned, keys[kid], algorithms=["ES256"], audience=officials.FUND)
    assert claims["jti"] == number
    assert claims["iss"] == settings.BASE_URL
    assert "رضا" not in str(claims)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fa", "صادر گردیده است"), ("zh", "提出的申请出具"), ("en", "This certificate was issued at the request of Mr")],
)
def test_it_is_in_the_readers_language(language: str, sentence: str, tmp_path: Path) -> None:
    number, pdf = paper(language)
    said = told_by(pdf, tmp_path)
    assert sentence in said
    assert number_in_fours(number) in to_latin(said) or number.replace(" ", "") in re.sub(r"\D", "", to_latin(said))
    path = tmp_path / "text.pdf"
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert {line.split()[-5] for line in fonts.splitlines()[2:]} == {"yes"}  # every font is embedded
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", info)


def test_one_spell_fits_on_one_page_and_the_qr_is_small_enough(tmp_path: Path) -> None:
    number, pdf = paper()
    (tmp_path / "one.pdf").write_bytes(pdf)
    info = subprocess.run(["pdfinfo", tmp_path / "one.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+1\b", info)
    assert len(Certificate.objects.get(number=number).token) < 600


def test_the_organisation_prints_what_it_opened_and_that_is_journalled(tmp_path: Path) -> None:
    from daftar.portal.journal.models import Inquiry

    number, code = issue(citizen())
    clerk = log_in("fund")
    address = open_document(clerk, number, code).url
    pdf = clerk.get(f"{address}certificate.pdf")
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="certificate-{number}.pdf"'
    assert pyhanko_accepts(pdf.content)
    row = Inquiry.objects.filter(mode="certificate").order_by("asked_at", "id").last()
    assert (row.outcome, row.organisation, row.reference) == ("printed", "fund-1", number)


def test_a_given_certificate_signs_instead(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from daftar.portal.theme.paper.signature import Signature, make_signer

    given = tmp_path / "given.pem"
    given.write_text(make_signer(datetime.now(UTC)))
    signed = Signature(given)
    assert signed.certificate.dump() == Signature(given).certificate.dump()
    (tmp_path / "bad.pem").write_text(given.read_text().partition("-----BEGIN CERTIFICATE")[0])
    with pytest.raises(ValueError, match="must hold"):
        Signature(tmp_path / "bad.pem")
