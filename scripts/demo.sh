#!/bin/sh
# An invented municipality: made, shown on the terminal, then served. SERVE=0 leaves out the serving.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh
set -- --port "${PORT:-8000}"
if [ "${SERVE:-1}" = 0 ]; then set -- "$@" --no-serve; fi
exec .venv/bin/hemmavid demo "$@"
