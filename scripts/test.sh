#!/bin/sh
# The whole suite: what it needs is installed, the fast checks run, then every test, then the floors of coverage.
# Arguments go to pytest; with any, the floors are left out, since a part of the suite cannot hold them.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh dev
HEMMAVID_CHROMIUM=$(scripts/browser.sh)
export HEMMAVID_CHROMIUM
scripts/check.sh
.venv/bin/python -m pytest --quiet -n auto --maxprocesses=4 --dist=loadfile --cov=hemmavid --cov-branch --cov-report= "$@"
if [ $# -eq 0 ]; then scripts/coverage.sh; fi
