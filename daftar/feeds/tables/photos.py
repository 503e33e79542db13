"""photos: reference photographs for the face check (S3.8). The row names a file; what is kept is made anew from it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from daftar.feeds.description import Attached, Column, FeedTable, Identity, Wrong
from daftar.feeds.pictures import LARGEST_BYTES
from daftar.feeds.pictures_apart import pictures_made
from daftar.feeds.readers import day, digest, text
from daftar.feeds.tables.spells import not_ahead


def photographs(folder: Path | None, named: Sequence[tuple[str, str]]) -> list[bytes | Wrong]:
    """The photographs of some rows (path, sha256), made anew, or what is wrong with each."""
    found = [_read(folder, path, sha256) for path, sha256 in named]
    made = iter(pictures_made([each for each in found if isinstance(each, bytes)]))
    return [_or_wrong(next(made)) if isinstance(each, bytes) else each for each in found]


def _or_wrong(made: bytes | str) -> bytes | Wrong:
    return made if isinstance(made, bytes) else ("path", made)


def _read(folder: Path | None, path: str, sha256: str) -> bytes | Wrong:
    """A file below the folder of photographs; a path that leads out of it, also by a link, is refused."""
    if folder is None:
        return "path", "photo_missing"
    try:
        place = (folder / path).resolve(strict=True)
        if not place.is_relative_to(folder.resolve()):
            return "path", "photo_outside"
        if not place.is_file():
            return "path", "photo_missing"
        with place.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError, RuntimeError):  # no such file, a nought in the path, links in a circle
        return "path", "photo_missing"
    if len(content) > LARGEST_BYTES:
        return "path", "photo_too_large"
    return content if hashlib.sha256(content).hexdigest() == sha256 else ("sha256", "photo_changed")


PHOTOS = FeedTable(
    name="photos",
    target="photo",
    moves_cover=False,
    identities=(Identity(),),
    columns=(
        Column("path", text(200), required=True, sealed=True),
        Column("sha256", digest(), required=True, sealed=True),
        Column("taken", day()),
    ),
    checks=(not_ahead("taken"),),
    attached=Attached(
        into="picture",
        columns=("path", "sha256"),
        read=photographs,
        about=(
            "`path` is a JPEG or PNG of at most 10 MB and 24 megapixels below the folder `DAFTAR_PHOTOS`",
            "`sha256` is that of the file",
            "the photograph is made anew as a JPEG of at most 960 pixels a side, without its metadata, and kept sealed",
        ),
    ),
)
