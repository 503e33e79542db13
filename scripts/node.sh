#!/bin/sh
# Fetch the packages of package-lock.json. Where npm is missing or too old, Node comes from PyPI.
# usage: node.sh VENV [--omit=dev]
set -eu
venv=$(cd "$1" && pwd)
omit=${2:-}
cd "$(dirname "$0")/.."

npm_major() { npm --version 2>/dev/null | cut -d. -f1; }

# The lock file is of the third version: npm 7 and newer read it.
if [ "$(npm_major || echo 0)" -ge 7 ] 2>/dev/null; then
    npm=npm
else
    echo "No usable npm here: taking Node from PyPI"
    "$venv/bin/pip" install --quiet --require-hashes -r requirements/node.txt
    PATH="$venv/bin:$PATH"
    npm="$venv/bin/npm"
fi

$npm ci $omit --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null
