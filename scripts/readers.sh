#!/bin/sh
# Programs that read our PDFs and QR codes in tests: other people's, so that nobody checks their own work.
set -eu
for program in pdfsig pdftoppm zbarimg; do
    if ! command -v "$program" >/dev/null; then
        exec "$(dirname "$0")/debian.sh" "tests of PDFs and QR codes" poppler-utils zbar-tools
    fi
done
