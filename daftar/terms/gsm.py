"""How long a text is on a telephone: GSM 03.38's 7-bit alphabet, or UCS-2 as soon as one character is outside it.

A USSD screen holds 182 characters of the one or 80 of the other; a short message 160 or 70.
"""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Written as two of the alphabet."""

SCREEN_SEPTETS, SCREEN_UCS2 = 182, 80


def in_gsm(text: str) -> bool:
    """Whether all of a text is in the 7-bit alphabet."""
    return all(character in BASIC or character in EXTENDED for character in text)


def length(text: str) -> int:
    """The length that counts: septets, or 16-bit units of UCS-2."""
    if in_gsm(text):
        return len(text) + sum(character in EXTENDED for character in text)
    return len(text.encode("utf-16-be")) // 2


def fits_screen(text: str) -> bool:
    """Whether a USSD screen holds a text."""
    return length(text) <= (SCREEN_SEPTETS if in_gsm(text) else SCREEN_UCS2)
