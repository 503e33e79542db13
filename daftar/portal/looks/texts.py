"""Free text that people write about a look: kept sealed, since it names people and circumstances."""

from django.conf import settings

REASON = "hiding.sealed"
QUESTION = "look_case.question"
ANSWER = "look_case.answer"


def seal_text(text: str, about: str) -> bytes:
    """Seal a text for one column."""
    return bytes(settings.SECRETS.seal(text.encode(), about=about))


def open_text(sealed: bytes, about: str) -> str:
    """Open what `seal_text` sealed; empty stays empty."""
    return settings.SECRETS.open(bytes(sealed), about=about).decode() if sealed else ""
