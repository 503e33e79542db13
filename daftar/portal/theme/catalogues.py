"""Compile the portal's .po catalogues to .mo without gettext's binaries: `python -m daftar.portal.theme.catalogues`.

Run at set-up. The .mo files are not committed; a page without them would be shown in English.
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).parent / "locale"


def catalogues() -> list[Path]:
    """The .po files, one a language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compile_catalogues() -> None:
    """Write each catalogue's .mo beside it."""
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    compile_catalogues()
