"""Compile the portal's .po catalogues to .mo without gettext's binaries: `python -m daftar.portal.theme.catalogues`.

Run at set-up. The .mo files are not committed; a page without them would be shown in English.
"""

from pathlib import Path

import polib

PORTAL = Path(__file__).parents[1]


def catalogues(language: str = "*") -> list[Path]:
    """The .po files of the apps, one a language each."""
    return sorted(PORTAL.glob(f"*/locale/{language}/LC_MESSAGES/django.po"))


def compile_catalogues() -> None:
    """Write each catalogue's .mo beside it."""
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    compile_catalogues()
