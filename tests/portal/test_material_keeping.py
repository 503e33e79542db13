"""Materials at rest and on their way out: sealed to their row, and a file to keep, never a page."""

import dataclasses
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from csp.middleware import CSPMiddleware
from django.test import RequestFactory

from daftar.portal.cases.materials.answering import attachment
from daftar.portal.cases.materials.checking import Checked
from daftar.portal.cases.materials.keeping import keep, open_content, open_name
from daftar.portal.cases.materials.limits import MOST_BYTES
from daftar.store.dialect import as_uuid, execute, marks, rows
from daftar.store.keys import Secrets
from tests.portal import making_files as make

ROW = UUID(int=7)
CHECKED = Checked("居住证明 of Wang Fang.pdf", "application/pdf", b"%PDF- Wang Fang lives here", 2, "d" * 64)


def test_nothing_personal_stands_in_clear(secrets: Secrets) -> None:
    kept = keep(secrets, ROW, CHECKED)
    assert (kept.media_type, kept.size, kept.pages) == ("application/pdf", len(CHECKED.content), 2)
    everything = b"".join(each if isinstance(each, bytes) else str(each).encode() for each in dataclasses.astuple(kept))
    assert b"Wang" not in everything
    assert CHECKED.digest.encode() not in everything
    assert open_name(secrets, ROW, kept.sealed_name) == CHECKED.name
    assert open_content(secrets, ROW, kept.media_type, kept.content) == CHECKED.content


def test_what_was_changed_moved_or_called_otherwise_does_not_open(secrets: Secrets) -> None:
    kept = keep(secrets, ROW, CHECKED)
    changed = bytearray(kept.content)
    changed[20] ^= 1
    for row, media_type, content in (
        (ROW, "application/pdf", bytes(changed)),
        (uuid4(), "application/pdf", kept.content),
        (ROW, "image/png", kept.content),
        (ROW, "application/pdf", kept.sealed_name),
    ):
        with pytest.raises(InvalidTag):
            open_content(secrets, row, media_type, content)
    for row, name in ((uuid4(), kept.sealed_name), (ROW, kept.content)):
        with pytest.raises(InvalidTag):
            open_name(secrets, row, name)
    with pytest.raises(InvalidTag):
        open_content(Secrets(bytes(32)), ROW, "application/pdf", kept.content)


CASE = {
    "number": "20261122000017",
    "kind": "enrolment",
    "state": "draft",
    "jurisdiction": "cn",
    "person": ROW,
    "applicant": ROW,
    "version": 1,
    "made_at": datetime(2026, 11, 22, tzinfo=UTC),
    "four_eyes": False,
    "sealed": b"",
}
WORDS = ("matter", "province", "city", "region", "office", "way", "policy_version", "claimed_by", "confirmed_by")
CASE |= dict.fromkeys([*WORDS, "decided_by", "reasons"], "")


def test_a_row_of_either_database_gives_back_what_was_kept(conn, secrets: Secrets) -> None:
    """Ten megabytes, the most there can be, as each driver writes and reads them."""
    checked = dataclasses.replace(CHECKED, content=bytes(range(256)) * (MOST_BYTES // 256))
    kept = keep(secrets, ROW, checked)
    insert(conn, '"case"', CASE)
    ((case,),) = rows(conn, 'SELECT id FROM "case"')
    insert(conn, "material", dataclasses.asdict(kept) | {"case_id": case, "what": "", "by": "1", "at": CASE["made_at"]})
    ((id, media_type, fingerprint, name, content),) = rows(
        conn, "SELECT id, media_type, fingerprint, sealed_name, content FROM material"
    )
    assert as_uuid(fingerprint) == kept.fingerprint
    assert open_name(secrets, as_uuid(id), name) == checked.name
    assert open_content(secrets, as_uuid(id), media_type, content) == checked.content


def insert(conn, table: str, row: dict) -> None:
    """One row."""
    columns = ", ".join(f'"{column}"' for column in row)
    execute(conn, f"INSERT INTO {table} ({columns}) VALUES ({marks(list(row))})", list(row.values()))


def test_a_file_sent_twice_is_known_by_its_fingerprint_alone(secrets: Secrets) -> None:
    """Equal for the same file under another name and row; another installation's tells nothing."""
    first, again = keep(secrets, ROW, CHECKED), keep(secrets, uuid4(), dataclasses.replace(CHECKED, name="b.pdf"))
    assert first.fingerprint == again.fingerprint
    assert first.content != again.content
    assert keep(secrets, ROW, dataclasses.replace(CHECKED, digest="e" * 64)).fingerprint != first.fingerprint
    assert keep(Secrets(bytes(32)), ROW, CHECKED).fingerprint != first.fingerprint


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("scan.pdf", 'attachment; filename="scan.pdf"'),
        ("证明.pdf", "attachment; filename*=utf-8''%E8%AF%81%E6%98%8E.pdf"),
        ('a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
    ],
)
def test_a_material_leaves_as_a_file_to_keep(name: str, header: str) -> None:
    response = attachment(name, "application/pdf", b"%PDF-")
    assert response.headers["Content-Disposition"] == header
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content == b"%PDF-"


def test_the_policy_of_pages_does_not_loosen_that_of_a_material() -> None:
    response = CSPMiddleware(lambda request: attachment("a.png", "image/png", b""))(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/octet-stream", ""])
def test_no_other_type_is_answered(media_type: str) -> None:
    with pytest.raises(ValueError, match="no type of a material"):
        attachment("a.html", media_type, make.SCRIPT)
