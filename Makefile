# Two commands: make demo, make test. The work is done in scripts/.
.PHONY: demo test check bench setup clean
.DEFAULT_GOAL := help

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: ## an invented municipality at http://127.0.0.1:8000 (SERVE=0: only on the terminal; PORT=…)
	@SERVE=$(or $(SERVE),1) PORT=$(or $(PORT),8000) scripts/demo.sh

test: ## everything that must pass
	@scripts/test.sh

check: ## the fast half: style, types, layers, migrations
	@scripts/setup.sh dev
	@scripts/check.sh

bench: ## speed, as ratios against a baseline of the same run
	@scripts/setup.sh dev
	@.venv/bin/python -m benchmarks

setup: ## what both need, in .venv
	@scripts/setup.sh dev

clean: ## remove .venv, caches and the demo's data
	@rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
