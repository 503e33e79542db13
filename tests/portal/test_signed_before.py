"""Papers that were signed long ago stay whole when the libraries that write signatures are replaced (S1.23).

A paper is whole when its signature is byte for byte what our signer writes. Here lie papers of throw-away signers, as
pyHanko 0.38 and asn1crypto 1.5 wrote them: an upgrade that orders or encodes anything otherwise would call every older
paper altered, and must not go in before the reading knows both ways. Do not make these files anew.
"""

import zlib
from importlib.metadata import version
from pathlib import Path

import pytest
from asn1crypto import pem, x509

from daftar.portal.theme.paper.reading import ReadPaper, Wholeness, read_paper
from daftar.portal.theme.paper.signature import Certificates

SIGNED = sorted((Path(__file__).parent / "signed").glob("*.pem"))


def lain_by(path: Path) -> tuple[Certificates, bytes]:
    """The certificates of who signed, and the paper."""
    blocks = [(kind, content) for kind, _, content in pem.unarmor(path.read_bytes(), multiple=True)]
    ((_, paper),) = [block for block in blocks if block[0] == "SIGNED PDF"]
    return [x509.Certificate.load(content) for kind, content in blocks if kind == "CERTIFICATE"], zlib.decompress(paper)


def test_both_kinds_of_keys_are_there() -> None:
    assert [path.stem for path in SIGNED] == ["curve", "rsa"]
    assert [len(lain_by(path)[0]) for path in SIGNED] == [2, 1]  # alone, and with an issuer


@pytest.mark.parametrize("path", SIGNED, ids=lambda path: path.stem)
def test_a_paper_signed_before_is_still_whole(path: Path) -> None:
    certificates, paper = lain_by(path)
    used = {name: version(name) for name in ("pyhanko", "asn1crypto", "pyhanko-certvalidator")}
    assert read_paper(paper, [certificates]) == ReadPaper(Wholeness.WHOLE, "17"), used
