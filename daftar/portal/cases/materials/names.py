"""Names of files as people gave them, made fit for any disk and any page."""

import re
import unicodedata

from daftar.terms.digits import ZERO_WIDTH_NON_JOINER

MOST_NAME_BYTES = 180
"""Of a stem in UTF-8; file systems take 255 with the ending."""

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}

NAMELESS = "material"

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RESERVED = re.compile(r'[<>:"|?*;%]')
_ENDING = re.compile(r"\.(?!\d+$)[a-z0-9]{1,5}$", re.IGNORECASE)
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean_name(name: str, media_type: str) -> str:
    """A name without folders, invisible and reserved characters, shortened, with the ending of what it now is.

    Nothing is refused here: a name is a label, and a telephone gives what it likes.
    """
    last = re.split(r"[/\\]", name[-2000:])[-1]
    seen = "".join(each for each in last if each == ZERO_WIDTH_NON_JOINER or _visible(each))
    stem = " ".join(_RESERVED.sub("_", unicodedata.normalize("NFC", seen)).split())
    while (shorter := _ENDING.sub("", stem)) != stem:
        stem = shorter
    stem = stem.encode()[:MOST_NAME_BYTES].decode(errors="ignore").strip(" ." + ZERO_WIDTH_NON_JOINER)
    if _DEVICES.fullmatch(stem):
        stem = "_" + stem
    return (stem or NAMELESS) + ENDINGS[media_type]


def _visible(character: str) -> bool:
    """Spaces of all sorts pass: they become one space each."""
    return character in "\t\n\r" or unicodedata.category(character) not in _INVISIBLE
