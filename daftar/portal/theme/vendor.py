"""Copy the front-end packages from node_modules to static/vendor: `python -m daftar.portal.theme.vendor`.

Run at set-up after `npm ci`. Only what pages load is copied; style sheets and scripts also as .gz, which whitenoise
hands out.
"""

import gzip
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NODE_MODULES = ROOT / "node_modules"
VENDOR = Path(__file__).parent / "static" / "vendor"

FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.rtl.min.css": "bootstrap/bootstrap.rtl.min.css",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2": "vazirmatn/vazirmatn.woff2",
    "vazirmatn/OFL.txt": "vazirmatn/OFL.txt",
    "@fontsource-variable/noto-sans-sc/wght.css": "noto-sans-sc/wght.css",
    "@fontsource-variable/noto-sans-sc/LICENSE": "noto-sans-sc/LICENSE",
    "qr/decode.js": "qr/decode.js",  # reads QR codes where a browser has no BarcodeDetector of its own
    "qr/index.js": "qr/index.js",
    "qr/LICENSE": "qr/LICENSE",
}
INNER_PICTURE = re.compile(r'url\("data:image/[^"]*"\)')
FOLDERS = {"@fontsource-variable/noto-sans-sc/files": "noto-sans-sc/files"}


def copy_packages(source: Path = NODE_MODULES, target: Path = VENDOR) -> None:
    """Copy what pages load. Raises FileNotFoundError when `npm ci` has not run."""
    shutil.rmtree(target, ignore_errors=True)
    for name, place in FILES.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / place)
    for name, place in FOLDERS.items():
        shutil.copytree(source / name, target / place)
    for sheet in target.rglob("*.css"):
        clean(sheet)
    for text in [*target.rglob("*.css"), *target.rglob("*.js")]:
        text.with_name(text.name + ".gz").write_bytes(gzip.compress(text.read_bytes(), mtime=0))


def clean(sheet: Path) -> None:
    """Drop what pages may not load.

    That is: the pointer to a source map, which is not served, and pictures within the sheet, which our security
    policy forbids. Our own sheet puts files in their place; but a browser that draws before it has come would
    already complain.
    """
    lines = sheet.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("/*# sourceMappingURL")) + "\n"
    text = INNER_PICTURE.sub("none", text)
    sheet.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if not NODE_MODULES.is_dir():
        sys.exit(f"{NODE_MODULES} is missing: run `npm ci` first")
    copy_packages()
