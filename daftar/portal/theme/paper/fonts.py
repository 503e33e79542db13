"""The fonts of paper, as static TTF: `python -m daftar.portal.theme.paper.fonts`.

Run at set-up after `npm ci`. WeasyPrint embeds a TTF in a tenth of a second and needs ten for the web's compressed and
variable slices; so each weight of Noto Sans SC is made once out of its hundred slices. Nothing of this is committed.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path
from shutil import copyfile, rmtree

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[4]
NODE_MODULES = ROOT / "node_modules"
FONTS = Path(__file__).parent / "fonts"

VAZIRMATN = {400: "Regular", 700: "Bold"}
SLICES = "@fontsource-variable/noto-sans-sc/files"
NOT_ON_PAPER = ("GSUB", "GPOS", "BASE", "vhea", "vmtx")
"""Tables for vertical and fine typesetting: they cannot be merged and nothing here uses them."""


def make_fonts(source: Path = NODE_MODULES, target: Path = FONTS) -> None:
    """Copy Vazirmatn, and make Noto Sans SC whole, in two weights each."""
    fresh = target.with_name(f"{target.name}.part")
    rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for weight, name in VAZIRMATN.items():
        copyfile(source / f"vazirmatn/fonts/ttf/Vazirmatn-{name}.ttf", fresh / f"vazirmatn-{weight}.ttf")
    slices = sorted((source / SLICES).glob("*.woff2"))
    with ProcessPoolExecutor(len(VAZIRMATN)) as processes:
        for weight, font in zip(VAZIRMATN, processes.map(whole_font, [slices] * 2, VAZIRMATN), strict=True):
            (fresh / f"noto-sans-sc-{weight}.ttf").write_bytes(font)
    rmtree(target, ignore_errors=True)
    fresh.rename(target)


def whole_font(slices: list[Path], weight: int) -> bytes:
    """One weight of a variable font that lies in slices."""
    parts = [BytesIO(_static(path, weight)) for path in slices]
    merged = BytesIO()
    Merger().merge(parts).save(merged)
    return merged.getvalue()


def _static(path: Path, weight: int) -> bytes:
    font = TTFont(path)
    font.flavor = None
    for table in NOT_ON_PAPER:
        if table in font:
            del font[table]
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    if not NODE_MODULES.is_dir():
        sys.exit(f"{NODE_MODULES} is missing: run `npm ci` first")
    make_fonts()
