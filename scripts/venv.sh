#!/bin/sh
# Make the virtual environment with the first Python that is new enough; `PYTHON=...` chooses another.
# usage: venv.sh FOLDER
set -eu
venv=$1
here=$(dirname "$0")

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

if [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

python=$(find_python)
if [ -z "$python" ]; then
    "$here/debian.sh" "Python 3.11 or newer" python3 python3-venv
    python=$(find_python)
    [ -n "$python" ] || { echo "This system's Python is older than 3.11: install a newer one." >&2; exit 1; }
fi

# Debian keeps pip's seed in a package of its own; a Python from elsewhere brings it along.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    "$here/debian.sh" "virtual environments" "$version-venv"
fi

echo "Making $venv with $("$python" --version)"
rm -rf "$venv"
"$python" -m venv "$venv"
