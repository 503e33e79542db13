#!/bin/sh
# Install Debian packages where that is allowed (root, or sudo without a password); otherwise say which are missing.
# usage: debian.sh PURPOSE PACKAGE...
set -eu
purpose=$1
shift

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    as_root="none"
fi

if [ "$as_root" = none ] || ! command -v apt-get >/dev/null; then
    echo "Missing for $purpose. Please install, then run make again:" >&2
    echo "    sudo apt-get install $*" >&2
    exit 1
fi

echo "Installing for $purpose: $*"
export DEBIAN_FRONTEND=noninteractive
install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends"
$install "$@" >/dev/null 2>&1 </dev/null && exit 0
$as_root apt-get update -qq </dev/null
$install "$@" >/dev/null </dev/null
