"""Feed photos: a row names a file below one folder; what is kept is made anew from it, and sealed (S3.8)."""

import hashlib
import io
import os
import struct

import pytest
from PIL import Image

from daftar.feeds import pictures_apart
from daftar.feeds.load import load_stream
from daftar.feeds.pictures import LONGEST_SIDE
from daftar.feeds.pictures_apart import pictures_made
from daftar.portal.proxy.faces.pictures import reference_picture
from daftar.terms.texts import LANGUAGES, text
from tests.feeds.conftest import NOON, PHOTOGRAPH, SHA256, Registry, as_csv, person


def row(number: int = 1, /, **cells: str) -> dict[str, str]:
    """A row about somebody."""
    return person(number, path="one.png", sha256=SHA256) | cells


def kept(registry: Registry) -> bytes | None:
    """The photograph of person 1, opened."""
    [(picture,)] = registry.query("SELECT picture FROM photo WHERE key = ?", registry.key(1))
    return None if picture is None else registry.secrets.open(picture, about="photo.picture")


def put(registry: Registry, name: str, content: bytes) -> dict[str, str]:
    """A file in the folder, and the cells that name it."""
    (registry.photos / name).write_bytes(content)
    return {"path": name, "sha256": hashlib.sha256(content).hexdigest()}


def jpeg(size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    """A JPEG."""
    written = io.BytesIO()
    Image.new("RGB", size, (120, 90, 60)).save(written, "JPEG", **options)
    return written.getvalue()


def test_a_photograph_is_kept_as_a_jpeg_of_ours(people: Registry) -> None:
    assert people.load("photos", [row()]).changed == 1
    made = kept(people)
    assert made is not None
    assert made.startswith(b"\xff\xd8")
    assert made != PHOTOGRAPH
    assert max(reference_picture(made).shape[:2]) == LONGEST_SIDE, "and a face check can read it"
    assert people.load("photos", [row(), row(2)]).changed == 1, "the same again changes nothing"


def test_nothing_comes_along_with_a_photograph(people: Registry) -> None:
    """No place where it was taken, no text after its end."""
    exif = Image.Exif()
    exif[0x010E] = "description"
    exif[0x0112] = 6  # the camera was held upright
    people.load("photos", [row(**put(people, "phone.jpg", jpeg((300, 200), exif=exif) + b"<script>"))])
    made = kept(people) or b""
    assert b"description" not in made
    assert b"<script>" not in made
    assert reference_picture(made).shape[:2] == (300, 200), "upright: rows before columns"


def bomb() -> bytes:
    """A JPEG that says it has 60 megapixels."""
    written = bytearray(jpeg((16, 16)))
    size = written.index(b"\xff\xc0") + 5
    written[size : size + 4] = struct.pack(">HH", 6_000, 10_000)
    return bytes(written)


def test_what_is_no_photograph_is_quarantined_and_the_others_come_in(people: Registry) -> None:
    large = put(people, "large.jpg", jpeg() + bytes(10_000_000))
    svg = put(people, "face.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    cases = [
        (row(1, path="absent.png"), "path", "photo_missing"),
        (row(2, path="."), "path", "photo_missing"),
        (row(3, sha256="0" * 64), "sha256", "photo_changed"),
        (row(4, sha256="abc"), "sha256", "not_a_digest"),
        (row(5, **large), "path", "photo_too_large"),
        (row(6, **put(people, "bomb.jpg", bomb())), "path", "photo_too_large"),
        (row(7, **put(people, "half.jpg", jpeg((900, 900))[:4000])), "path", "photo_unreadable"),
        (row(8, **svg), "path", "photo_unreadable"),
    ]
    report = people.load("photos", [*(case for case, *_ in cases), row(9)])
    assert report.changed == 1
    assert [(each.column, each.reason) for each in report.quarantined] == [(column, why) for _, column, why in cases]
    assert all(text(f"feed.{reason}", language) for *_, reason in cases for language in LANGUAGES)


def test_a_path_does_not_lead_out_of_the_folder(people: Registry) -> None:
    outside = people.photos.parent / "secret.png"
    outside.write_bytes(PHOTOGRAPH)
    os.symlink(outside, people.photos / "link.png")
    paths = ["../secret.png", str(outside), "link.png"]
    report = people.load("photos", [row(number, path=path) for number, path in enumerate(paths, 1)])
    assert [each.reason for each in report.quarantined] == ["photo_outside"] * 3
    assert people.load("photos", [row(1, path="sub/../one.png")]).quarantined_rows == 1, "no such folder"
    assert people.load("photos", [row()], files=None).quarantined[0].reason == "photo_missing"


def test_a_row_waits_for_its_person_and_reads_its_file_then(registry: Registry) -> None:
    assert registry.load("photos", [row()]).pending == 1
    assert registry.content("photos") == []
    report = registry.load("persons", [person(1)])
    assert report.released == 1
    assert kept(registry) is not None


def test_a_newer_photograph_takes_the_place_and_a_withdrawal_wipes_it(people: Registry) -> None:
    people.load("photos", [row(recorded_at="2026-02-01T00:00:00Z")])
    first = kept(people)
    other = row(**put(people, "other.jpg", jpeg()))
    assert people.load("photos", [other | {"recorded_at": "2026-01-01T00:00:00Z"}]).stale == 1
    assert people.load("photos", [other | {"recorded_at": "2026-03-01T00:00:00Z"}]).changed == 1
    assert kept(people) not in (first, None)
    assert people.load("photos", [person(1, recorded_at="2026-04-01T00:00:00Z", deleted="true")]).changed == 1
    assert kept(people) is None


def test_a_push_names_files_of_the_same_folder(people: Registry) -> None:
    stream = io.BytesIO(as_csv([row()]))
    given = {"name": "b-1", "content_type": "text/csv", "at": NOON, "rebuild": False, "files": people.photos}
    assert load_stream(people.url, people.secrets, "photos", stream, **given).changed == 1
    assert kept(people) is not None


def test_many_photographs_come_in_small_parts(people: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(
        "daftar.feeds.tables.photos.pictures_made",
        lambda pictures: sizes.append(len(pictures)) or pictures_made(pictures),
    )
    rows = [row(1 + number % 9, recorded_at=f"2026-01-{1 + number // 9:02}T00:00:00Z") for number in range(50)]
    assert people.load("photos", rows).rows == 50
    assert max(sizes) == 24


def test_a_picture_that_ends_the_process_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands for a fault of a decoder: the process dies where it meets this picture."""
    monkeypatch.setattr(pictures_apart, "COMMAND", [*pictures_apart.COMMAND[:1], "-c", DYING])
    made = pictures_made([jpeg(), b"deadly", jpeg((20, 20))])
    assert [each if isinstance(each, str) else each[:2] for each in made] == [
        b"\xff\xd8",
        "photo_unreadable",
        b"\xff\xd8",
    ]


DYING = """
import io, os, sys
from daftar.feeds import pictures
given = sys.stdin.buffer.read()
if b"deadly" in given:
    os.abort()
sys.stdin = io.TextIOWrapper(io.BytesIO(given))
pictures.main()
"""
