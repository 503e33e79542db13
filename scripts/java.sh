#!/bin/sh
# PySpark needs a Java 17 or newer.
set -eu
if java -version >/dev/null 2>&1; then
    exit 0
fi
"$(dirname "$0")/debian.sh" "PySpark" openjdk-17-jre-headless || "$(dirname "$0")/debian.sh" "PySpark" default-jre-headless
