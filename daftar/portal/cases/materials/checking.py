"""What is sent is checked and made anew, by a process of its own: what comes out is what is kept."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from daftar.portal.cases.materials.apart import made_apart
from daftar.portal.cases.materials.kinds import kind_of
from daftar.portal.cases.materials.limits import MEGABYTE, MOST_BYTES
from daftar.portal.cases.materials.names import clean_name
from daftar.portal.cases.materials.signature import signature_data
from daftar.terms.misunderstood import Misunderstood


@dataclass(frozen=True, slots=True)
class Checked:
    """A material that may be kept. `digest` is of the file as it was sent, to know it when it comes twice."""

    name: str
    media_type: str
    content: bytes
    pages: int
    digest: str


class Upload(Protocol):
    """A file in a request, as Django gives it."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterator[bytes]:
        """Its content, in pieces."""


def check_upload(upload: Upload) -> Checked:
    """A file in a request; one that is too large is not even read. Raises as `check_material`."""
    if (upload.size or 0) > MOST_BYTES:
        raise _too_large()
    return check_material(upload.name or "", b"".join(upload.chunks()))


def check_material(name: str, content: bytes) -> Checked:
    """A PDF or a picture, made anew: its type is read from its content, its name is only cleaned.

    Raises Misunderstood with the codes `material_*`, each with its text in three languages.
    """
    if len(content) > MOST_BYTES:
        raise _too_large()
    kind_of(content)
    made = made_apart("material", content)
    if len(made.content) > MOST_BYTES:
        raise _too_large()
    return Checked(clean_name(name, made.media_type), made.media_type, made.content, made.pages, _digest(content))


def check_signature(typed: str) -> Checked:
    """A signature drawn on a canvas, as the form sends it: `data:image/png;base64,…`.

    Raises Misunderstood `signature_missing`, `signature_unreadable`.
    """
    content = signature_data(typed)
    try:
        made = made_apart("signature", content)
    except Misunderstood as problem:
        if problem.code.startswith("signature") or problem.code == "material_busy":
            raise
        raise Misunderstood("signature_unreadable") from None
    return Checked(clean_name("signature", made.media_type), made.media_type, made.content, 1, _digest(content))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def _too_large() -> Misunderstood:
    return Misunderstood("material_too_large", most=str(MOST_BYTES // MEGABYTE))
