#!/bin/sh
# Holds the floors of coverage (architecture.md section 3): everything in the rooms where money and access are
# decided, nine tenths elsewhere. Run after the tests.
set -eu
cd "$(dirname "$0")/.."

whole="hemmavid/lib/*,hemmavid/rules/*,hemmavid/access/*,hemmavid/settlement/*"
.venv/bin/coverage report --include="$whole" --fail-under=100
.venv/bin/coverage report --omit="$whole" --fail-under=90
