# Every command a person or CI needs. What they do is in .ci/, one script each.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint check quick browser-postgres bench bench-organisation mutation fuzz-questions fuzz-scenarios kill-cycles screenshots messages requirements clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make the environment in .venv and install the Debian packages; start nothing
	@.ci/setup all

demo: ## Serve Piawai with demo content on http://127.0.0.1:8000 (PORT=8001 for another port)
	@.ci/demo

test: ## Everything CI checks: lint, types, contracts, tests on SQLite and PostgreSQL, browser tests
	@.ci/test

lint: ## The checks without the tests
	@.ci/setup all
	@.ci/lint

check: lint ## The same as lint

quick: ## Tests on SQLite without a browser (ARGS="-k quiz" for some of them)
	@.ci/setup all
	@.venv/bin/pytest -n 2 --dist worksteal -m "not e2e" $(ARGS)

browser-postgres: ## The journeys in a browser on PostgreSQL; `make test` takes them on SQLite
	@.ci/setup all
	@.ci/postgres .venv/bin/pytest --quiet -n 2 -m "e2e and not pure"

bench: ## Measure, on SQLite and on PostgreSQL
	@.ci/bench

bench-organisation: ## Measure a company of 100,000 people on PostgreSQL (ARGS="--people 20000" for a smaller one)
	@.ci/bench-organisation $(ARGS)

mutation: ## Try the rules of quizzes and training with mutants (ARGS="'training.domain.states*'" for some of them)
	@.ci/setup all
	@.venv/bin/mutmut run $(ARGS)

fuzz-questions: ## Read 10,000 spoilt question files of each format (ARGS="--count 500" for fewer)
	@.ci/setup all
	@.venv/bin/python -m benchmarks.fuzz_questions $(ARGS)

fuzz-scenarios: ## Read 2,000 spoilt scenario files of each format (ARGS="--count 500" for fewer)
	@.ci/setup all
	@.venv/bin/python -m benchmarks.fuzz_scenarios $(ARGS)

kill-cycles: ## Kill web workers, the job worker and the database 200 times each; nothing confirmed is lost (ARGS="--cycles 10" for fewer)
	@.ci/setup all
	@.venv/bin/python -m benchmarks.kill_cycles $(ARGS)

screenshots: ## Make docs/screenshots/ anew
	@.ci/screenshots

messages: ## Bring the message catalogues up to date with the sources, and compile them
	@.ci/setup all
	@.venv/bin/python .ci/messages.py update

requirements: ## Pin requirements*.in, with hashes (ARGS="--upgrade" for the newest that fit)
	@.ci/setup all
	@.ci/requirements $(ARGS)

clean: ## Remove what tests and tools leave behind; keep the environment and the database
	@rm -rf .coverage .coverage.* coverage.json test-results .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
