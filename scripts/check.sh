#!/bin/sh
# The fast half of the tests: style, types, layers, migrations, templates. All are run; any failure fails.
set -u
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export DJANGO_SETTINGS_MODULE=config.settings.test

failed=""
try() { # try NAME COMMAND…: quiet when it passes, all its words when it does not
	name=$1
	shift
	if output=$("$@" 2>&1); then
		printf '  ok    %s\n' "$name"
	else
		printf '%s\n  FEL   %s\n' "$output" "$name"
		failed="$failed $name"
	fi
}

try "ruff check" ruff check --output-format=concise --quiet .
try "ruff format" ruff format --check .
try "mypy" mypy
try "lint-imports" lint-imports
# No database is needed to see that models and migrations agree; without one Django only warns.
try "makemigrations" env PYTHONWARNINGS=ignore::RuntimeWarning python -m django makemigrations --check --dry-run
try "djlint" djlint --quiet --lint hemmavid
if command -v shellcheck >/dev/null 2>&1; then try "shellcheck" shellcheck scripts/*.sh .ci/run; fi

if [ -n "$failed" ]; then
	printf 'Gick inte igenom:%s\n' "$failed"
	exit 1
fi
