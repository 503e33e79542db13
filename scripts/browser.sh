#!/bin/sh
# A Chromium for the browser tests: the system's own, or Debian's package. DAFTAR_CHROMIUM names another.
set -eu

works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

find_browser() {
    for name in "${DAFTAR_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        path=$(command -v "$name" 2>/dev/null || true)
        if works "$path"; then
            echo "$path"
            return
        fi
    done
}

if [ -z "$(find_browser)" ]; then
    # Ubuntu's chromium is a snap behind a wrapper: where that does not run, a Chrome or Chromium must be given.
    "$(dirname "$0")/debian.sh" "browser tests" chromium || true
    if [ -z "$(find_browser)" ]; then
        echo "The browser tests need a Chromium. Install one (Debian: apt-get install chromium; Ubuntu: snap install" >&2
        echo "chromium), or name one with DAFTAR_CHROMIUM=/path/to/chromium, then run make test again." >&2
        exit 1
    fi
fi

# The same engine without windows needs half the processor time of a page; nothing fails where it is not to be had.
if [ -z "${DAFTAR_CHROMIUM:-}" ] && ! command -v chromium-headless-shell >/dev/null; then
    "$(dirname "$0")/debian.sh" "quicker browser tests" chromium-headless-shell 2>/dev/null || true
fi
