#!/bin/sh
# Finds a Chromium for the browser tests, or installs one. Prints its path; prints nothing when Playwright has its own.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

find_chromium() {
	for name in chromium chromium-browser google-chrome-stable google-chrome; do
		command -v "$name" && return
	done
	return 1
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}

playwright_has_one() {
	.venv/bin/python - <<-'PYTHON' >/dev/null 2>&1
		import pathlib, sys
		from playwright.sync_api import sync_playwright
		with sync_playwright() as playwright:
		    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
	PYTHON
}

find_chromium && exit 0
playwright_has_one && exit 0

say "Installerar Chromium för webbläsartesterna …"
if command -v apt-get >/dev/null 2>&1; then
	{ as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1 || true
	find_chromium && exit 0
fi
.venv/bin/python -m playwright install chromium >&2 || true
playwright_has_one && exit 0

say "Webbläsartesterna behöver Chromium, som varken finns eller gick att installera."
say "Installera det och kör om: sudo apt-get install chromium   (eller: .venv/bin/playwright install chromium)"
exit 1
