"""A PDF that is brought back: whole only byte for byte as we signed it, whoever changed what in it (S1.23)."""

import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from weasyprint import HTML

from daftar.portal.theme.paper.reading import SIGNED, ReadPaper, Wholeness, read_paper
from daftar.portal.theme.paper.signature import Signature, kept_certificates, make_signer, signature

PAGE = '<html lang="en"><head><meta name="keywords" content="{}"></head><body><p>Rahim has {}.</p></body></html>'
PATIENCE = 2.0
BIG = 5 * 1024**2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where signers lie."""
    return tmp_path_factory.mktemp("signers")


@pytest.fixture(scope="module")
def ours(folder: Path) -> Signature:
    """The house's signer; its certificate is kept."""
    return signature(folder / "ours.pem", folder / "kept")


@pytest.fixture(scope="module")
def theirs(folder: Path) -> Signature:
    """Somebody else's, who calls themself as we do."""
    return Signature(folder / "theirs.pem")


@pytest.fixture(scope="module")
def paper(ours: Signature) -> bytes:
    """A paper of ours."""
    return ours.sign(printed("17", "paid"), reason="گواهی")


def printed(mark: str, what: str) -> bytes:
    """A page before it is signed."""
    made: bytes = HTML(string=PAGE.format(mark, what)).write_pdf(pdf_tags=True)
    return made


def read(pdf: bytes, ours: Signature) -> ReadPaper:
    """What is found, within bounds of time."""
    began = time.perf_counter()
    found = read_paper(pdf, [ours.certificates])
    assert time.perf_counter() - began < PATIENCE
    return found


def added_to(pdf: bytes) -> bytes:
    """An incremental update behind the signature, as editors of PDFs save."""
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    writer.root["/Lang"] = pdf_string("fa")
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def countersigned(pdf: bytes, theirs: Signature) -> bytes:
    """With a second signature of somebody else's behind ours."""
    metadata = PdfSignatureMetadata(field_name="Second", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(metadata, theirs._signer, new_field_spec=SigFieldSpec("Second"))
    made: bytes = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=16384).getvalue()
    return made


def test_a_paper_of_ours_is_whole_and_says_which_it_is(paper: bytes, ours: Signature) -> None:
    assert read(paper, ours) == ReadPaper(Wholeness.WHOLE, "17")
    unmarked = ours.sign(HTML(string="<p>A statement.</p>").write_pdf(), reason="statement")
    assert read(unmarked, ours) == ReadPaper(Wholeness.WHOLE, "")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), in_signature=st.booleans())
def test_one_changed_byte_anywhere_is_seen(
    paper: bytes, ours: Signature, share: float, bit: int, in_signature: bool
) -> None:
    """Also in the signature's own bytes, where the digest does not reach: letters of another case, what pads it."""
    low, high = SIGNED.search(paper).span() if in_signature else (0, len(paper))
    place = low + int(share * (high - low))
    altered = paper[:place] + bytes([paper[place] ^ 1 << bit]) + paper[place + 1 :]
    assert read(altered, ours).wholeness is Wholeness.ALTERED


def test_what_is_added_or_cut_off_is_seen(paper: bytes, ours: Signature, theirs: Signature) -> None:
    for changed in (
        added_to(paper),
        countersigned(paper, theirs),
        paper + b"\n",
        b" " + paper,
        paper[:-1],
        paper[:-200],
        paper.replace(b"%%EOF", b"%%EOF\n%%EOF"),
        paper + paper,
    ):
        assert read(changed, ours).wholeness is Wholeness.ALTERED


def test_the_signature_put_in_another_place_is_seen(paper: bytes, ours: Signature) -> None:
    """What is under the signature stays the same, one byte after the other; only the hole in it moves."""
    found = SIGNED.search(paper)
    hole = paper[found.start() : found.end(1) + 1]
    others = paper.replace(hole, b"")
    for place in (0, 100, found.start() - 1, len(others)):
        moved = others[:place] + hole + others[place:]
        assert read(moved, ours).wholeness is Wholeness.ALTERED


def test_what_was_signed_of_another_paper_does_not_hold_for_this_one(paper: bytes, ours: Signature) -> None:
    other = ours.sign(printed("17", "nothing"), reason="گواهی")
    hole = SIGNED.search(paper)[1]
    assert read(paper.replace(hole, SIGNED.search(other)[1]), ours).wholeness is Wholeness.ALTERED


def test_who_else_signs_is_not_us(theirs: Signature, ours: Signature, paper: bytes) -> None:
    assert read(theirs.sign(printed("17", "paid"), reason="x"), ours).wholeness is Wholeness.NOT_OURS
    unsigned = copy_into_new_writer(PdfFileReader(BytesIO(printed("17", "paid"))))
    out = BytesIO()
    unsigned.write(out)
    assert read(out.getvalue(), ours).wholeness is Wholeness.NOT_OURS
    assert read_paper(paper, [theirs.certificates]).wholeness is Wholeness.NOT_OURS
    assert read_paper(paper, []).wholeness is Wholeness.NOT_OURS


def test_an_encrypted_copy_is_not_ours_and_a_copy_with_our_signature_in_it_altered(
    paper: bytes, ours: Signature
) -> None:
    writer, out = copy_into_new_writer(PdfFileReader(BytesIO(paper))), BytesIO()
    writer.encrypt(owner_pass="secret", user_pass="secret")
    writer.write(out)
    assert read(out.getvalue(), ours).wholeness is not Wholeness.WHOLE
    resaved, out = copy_into_new_writer(PdfFileReader(BytesIO(paper))), BytesIO()
    resaved.write(out)
    assert read(out.getvalue(), ours).wholeness is Wholeness.ALTERED


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"%PDF-1.7\n",
        b"\0" * BIG,
        b"%PDF-1.7\n" + b"<AB" * (BIG // 3),
        b"%PDF-1.7\n" + b"<" + b"A" * BIG,
        b"<" + b"30" * 30000 + b">\n/ByteRange [0 0 60002 0]",
        b"<" + b"3080" * 16000 + b">\n/ByteRange [0 0 64002 26]",
        b"<30820FFF>\n/ByteRange [0 0 999999999 999999999]",
        b"/ByteRange" * (BIG // 10),
        Random(3).randbytes(BIG),
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000,
        b"%PDF-1.7\nxref\n0 1\ntrailer\n<</Prev 9/XRefStm 9/Size 999999999>>\nstartxref\n9\n%%EOF",
    ],
    ids=lambda hostile: f"{hostile[:20]!r}",
)
def test_rubbish_is_not_ours_and_costs_little(hostile: bytes, ours: Signature) -> None:
    assert read(hostile, ours).wholeness is Wholeness.NOT_OURS


HEX = b"0123456789ABCDEFabcdef<>\n \0"
HOLES = st.binary(max_size=40) | st.lists(st.sampled_from(HEX), max_size=80).map(bytes) | st.just(b"AB" * 32769)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.binary(max_size=40), hole=HOLES, behind=st.binary(max_size=40), off=st.sampled_from([0, 0, 0, 1, -1]))
@example(before=b"%PDF-1.7\n", hole=b"ABC", behind=b"", off=0)  # half a byte
@example(before=b"", hole=b"", behind=b"", off=0)
def test_whatever_stands_where_a_signature_should_is_no_error(
    ours: Signature, before: bytes, hole: bytes, behind: bytes, off: int
) -> None:
    """Its place and its lengths are right, or nearly, and it is anything."""
    assert read(placed(before, hole, behind, off), ours).wholeness is Wholeness.NOT_OURS


def placed(before: bytes, hole: bytes, behind: bytes, off: int) -> bytes:
    """A file with something in the place of a signature, and behind it where that is said to stand."""
    begins, goes_on, rest = len(before), len(before) + len(hole) + 2, 0
    for _ in range(3):  # the length of the rest stands in the rest
        places = b"\n/ByteRange [0 %d %d %d]" % (begins + off if begins else 0, goes_on, rest) + behind
        rest = len(places)
    return before + b"<" + hole + b">" + places


def test_rubbish_with_a_true_digest_in_a_broken_signature_is_no_error(paper: bytes, ours: Signature) -> None:
    """The reader of signatures is given everything that a signature's place may hold."""
    found, chance = SIGNED.search(paper), Random(11)
    for _ in range(60):
        written = bytearray(bytes.fromhex(found[1].decode()))
        begin = chance.randrange(1800)
        written[begin : begin + 40] = chance.randbytes(40)
        changed = paper.replace(found[1], written.hex().upper().encode())
        assert read(changed, ours).wholeness is Wholeness.ALTERED


def test_what_an_earlier_certificate_signed_is_still_known(folder: Path, paper: bytes, ours: Signature) -> None:
    later = signature(folder / "later.pem", folder / "kept")
    kept = kept_certificates(folder / "kept")
    assert len(kept) == 2
    assert read_paper(paper, kept).wholeness is Wholeness.WHOLE
    assert read_paper(later.sign(printed("18", "paid"), reason="x"), kept) == ReadPaper(Wholeness.WHOLE, "18")
    assert b"PRIVATE" not in b"".join(path.read_bytes() for path in (folder / "kept").iterdir())


def test_a_paper_is_known_before_and_after_its_signer_was_given_another_issuer(folder: Path) -> None:
    """The operator adds an issuer's certificate, and later puts another in its place; the key stays the same."""
    alone, issuer = make_signer(datetime.now(UTC)), certificate_of(make_signer(datetime.now(UTC)))
    chains, signed = (alone, alone + issuer, alone + certificate_of(make_signer(datetime.now(UTC))) + issuer), []
    for place, chain in enumerate(chains):
        (folder / f"issued-{place}.pem").write_text(chain)
        signer = signature(folder / f"issued-{place}.pem", folder / "chains")
        signed.append(signer.sign(printed(str(place), "paid"), reason="x"))
    for place, pdf in enumerate(signed):
        assert read_paper(pdf, kept_certificates(folder / "chains")) == ReadPaper(Wholeness.WHOLE, str(place))


def certificate_of(signer: str) -> str:
    """A signer's certificate without its key."""
    return signer.partition("-----END PRIVATE KEY-----\n")[2]


def test_a_given_certificate_on_an_elliptic_curve_with_its_issuer(folder: Path) -> None:
    (folder / "curve.pem").write_text(on_a_curve())
    curve = Signature(folder / "curve.pem")
    assert len(curve.certificates) == 2
    pdf = curve.sign(printed("19", "paid"), reason="x")
    assert read(pdf, curve) == ReadPaper(Wholeness.WHOLE, "19")
    low, high = SIGNED.search(pdf).span()
    for place in [*range(low, high, 211), *range(5, len(pdf), 997)]:
        altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert read(altered, curve).wholeness is Wholeness.ALTERED


def on_a_curve() -> str:
    """A key on P-256 and its certificate, which another has issued."""
    private, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Given")]),
    )
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), 7, at, at.replace(year=at.year + 1))
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .sign(private, hashes.SHA256())
    )
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return (key + made.public_bytes(Encoding.PEM)).decode() + certificate_of(make_signer(at))
