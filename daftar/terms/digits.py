"""Digits and characters as people type them: Persian, Arabic and Latin; what may not stand in a field at all."""

import unicodedata

from persiantools import characters, digits

from daftar.terms.misunderstood import Misunderstood

_LATIN = {ord(c): str(i) for row in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９") for i, c in enumerate(row)}
_SEPARATORS = {ord(c): None for c in " -\u2009\u00a0\u202f\u2013\u2011"}
_FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ZERO_WIDTH_NON_JOINER = "\u200c"  # belongs to correct Persian spelling


def to_latin(text: str) -> str:
    """Persian, Arabic and full-width digits as 0-9; everything else stays."""
    return text.translate(_LATIN)


def to_persian(text: str) -> str:
    """Latin digits as ۰-۹, for reading only."""
    return str(digits.en_to_fa(text))


def compact(text: str) -> str:
    """A number as typed, with Latin digits and without the spaces and dashes people put in it.

    Raises Misunderstood `forbidden_character` for NUL, other controls and invisible (bidi) characters.
    """
    if text.isascii() and text.isalnum():
        return text  # as nearly all come; the hot path
    refuse_invisible(text)
    return to_latin(text.strip()).translate(_SEPARATORS)


def refuse_invisible(text: str, *, allow: str = "") -> None:
    """Raise Misunderstood `forbidden_character` when a control, bidi or other invisible character stands in `text`."""
    if text.isascii() and text.isprintable():
        return
    for character in text:
        if character not in allow and unicodedata.category(character) in _FORBIDDEN:
            raise Misunderstood("forbidden_character")


def fold(name: str) -> str:
    """A name for matching: ك and ي as ک and ی, one space between words, no case."""
    return " ".join(str(characters.ar_to_fa(to_latin(name))).split()).casefold()
