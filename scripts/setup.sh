#!/bin/sh
# Installs what the program needs (or, with "dev", what its tests need) into .venv. Quick when nothing has changed.
set -eu
cd "$(dirname "$0")/.."

lock=requirements.lock
[ "${1:-}" = dev ] && lock=requirements-dev.lock

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
	for python in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
		if new_enough "$python"; then return; fi
	done
	say "Hemmavid behöver Python 3.11 eller nyare. Installera det, eller peka ut det: PYTHON=/sökväg/python3.11 make …"
	exit 1
}

say() { printf '%s\n' "$*" >&2; }

sum_of() { # sha256 of the files named; sha256sum is missing on macOS
	if command -v sha256sum >/dev/null 2>&1; then cat "$@" | sha256sum | cut -d' ' -f1; else cat "$@" | shasum -a 256 | cut -d' ' -f1; fi
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 1; fi
}

make_venv() {
	find_python
	say "Skapar .venv …"
	rm -rf .venv
	# Debian splits venv into a package of its own.
	"$python" -m venv .venv >/dev/null 2>&1 && return
	say "Installerar python3-venv …"
	rm -rf .venv
	{ as_root apt-get update -qq && as_root apt-get install -y -qq python3-venv; } >/dev/null || {
		say "Paketet python3-venv saknas. Installera det: sudo apt-get install python3-venv"
		exit 1
	}
	"$python" -m venv .venv
}

sum=$(sum_of "$lock" pyproject.toml scripts/setup.sh)
stamp=.venv/.stamp
# The development lock holds all of the other, so either will do for running the program.
if [ -f "$stamp" ] && grep -q "^$lock $sum\$" "$stamp"; then exit 0; fi
if [ "$lock" = requirements.lock ] && [ -f "$stamp" ]; then
	grep -q "^requirements-dev.lock $(sum_of requirements-dev.lock pyproject.toml scripts/setup.sh)\$" "$stamp" && exit 0
fi

# A folder that was moved, or made by a Python that is gone, is made anew.
.venv/bin/python -c 'import pip' >/dev/null 2>&1 || make_venv

say "Installerar paket ur $lock (första gången någon minut) …"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
rm -f "$stamp"
# The lock names every package there is to install; pip has nothing left to choose, so a release of tomorrow
# cannot change what is installed today.
.venv/bin/python -m pip install --quiet --require-hashes --no-deps -r "$lock"
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
printf '%s %s\n' "$lock" "$sum" >"$stamp"
say "Klart."
