#!/bin/sh
# The real Kannel, which the stories of SMS and USSD talk to over a network on loopback.
set -eu
if ! command -v bearerbox >/dev/null && [ ! -x /usr/sbin/bearerbox ]; then
    exec "$(dirname "$0")/debian.sh" "tests of SMS and USSD" kannel
fi
