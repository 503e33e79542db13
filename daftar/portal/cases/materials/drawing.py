"""A page of a kept PDF as a picture, to look at beside a form: drawn by a process of its own, like its check."""

from daftar.portal.cases.materials.apart import made_apart


def page_drawn(content: bytes, number: int) -> bytes:
    """A page, from 1, as JPEG. Raises Misunderstood as `made_apart`; `material_damaged` for one that is not there."""
    return made_apart(f"page-{number}", content).content
