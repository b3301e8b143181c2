#!/bin/sh
# The whole suite: what it needs is installed, the fast checks run, then every test. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh dev
HEMMAVID_CHROMIUM=$(scripts/browser.sh)
export HEMMAVID_CHROMIUM
scripts/check.sh
exec .venv/bin/python -m pytest --quiet -n auto --maxprocesses=4 --dist=loadfile --cov=hemmavid --cov-report=term:skip-covered "$@"
