"""Which verifier this installation asks: the setting decides (DAFTAR_FACES)."""

from uuid import UUID

from django.conf import settings

from daftar.portal.people.photos import photo_row, reference_photo
from daftar.portal.proxy.faces.authority import AuthorityVerifier
from daftar.portal.proxy.faces.builtin import BuiltinVerifier
from daftar.portal.proxy.faces.judging import make_ready
from daftar.portal.proxy.faces.port import FaceVerifier


def chosen_verifier() -> FaceVerifier:
    """The verifier of the settings."""
    chosen = settings.FACE_CHECK
    return AuthorityVerifier(chosen.url, chosen.token) if chosen.verifier == "authority" else BuiltinVerifier()


def reference_for(verifier: FaceVerifier, person: UUID) -> bytes | None:
    """The photograph that a verifier compares with; an authority has its own, and ours is not opened for it."""
    return reference_photo(person) if isinstance(verifier, BuiltinVerifier) else None


def without_reference(verifier: FaceVerifier, person: UUID) -> bool:
    """Whether nobody needs to stand before a camera, since there is nothing to compare with."""
    return isinstance(verifier, BuiltinVerifier) and photo_row(person) is None


def capture_expected(verifier: FaceVerifier) -> None:
    """Somebody has come before the camera: what the verifier needs half a second for is begun now."""
    if isinstance(verifier, BuiltinVerifier | AuthorityVerifier):
        make_ready()
