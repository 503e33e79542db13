"""Materials at rest: sealed with AES-GCM, bytes in the table beside their case.

In the table and not on a disk: a material is written in the transaction of its case, goes where the database goes
(copies, other machines), and is gone when its row is gone. The row's id and media type are bound into the seal: content
that was moved to another row, or is called something else there, does not open.
"""

from dataclasses import dataclass
from uuid import UUID

from daftar.portal.cases.materials.checking import Checked
from daftar.store.keys import Secrets


@dataclass(frozen=True, slots=True)
class Kept:
    """Columns of a material: what it is stands in clear, name and content are sealed.

    `fingerprint` is equal for the same file sent again and tells nothing else about it; `size` counts bytes in clear.
    """

    id: UUID
    media_type: str
    size: int
    pages: int
    fingerprint: UUID
    sealed_name: bytes
    content: bytes


def keep(secrets: Secrets, id: UUID, checked: Checked) -> Kept:
    """Seal a checked material for the row `id`."""
    return Kept(
        id=id,
        media_type=checked.media_type,
        size=len(checked.content),
        pages=checked.pages,
        fingerprint=secrets.key("material", checked.digest),
        sealed_name=secrets.seal(checked.name.encode(), about=f"material.name:{id}"),
        content=secrets.seal(checked.content, about=_about(id, checked.media_type)),
    )


def open_name(secrets: Secrets, id: UUID, sealed_name: bytes) -> str:
    """The file name of a row; raises `cryptography.exceptions.InvalidTag` when changed or moved."""
    return secrets.open(sealed_name, about=f"material.name:{id}").decode()


def open_content(secrets: Secrets, id: UUID, media_type: str, content: bytes) -> bytes:
    """The content of a row; raises `cryptography.exceptions.InvalidTag` when changed, moved or called otherwise."""
    return secrets.open(content, about=_about(id, media_type))


def _about(id: UUID, media_type: str) -> str:
    return f"material.content:{id}:{media_type}"
