#!/bin/sh
# What PDFs need beside Python: Pango and HarfBuzz for WeasyPrint, and the fonts of paper as TTF.
# usage: print.sh VENV
set -eu
venv=$1

loads() {
    "$venv/bin/python" -c '
import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)' 2>/dev/null
}

loads || "$(dirname "$0")/debian.sh" "PDFs" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
"$venv/bin/python" -m daftar.portal.theme.paper.fonts
