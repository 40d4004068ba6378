# OpenCLETS. `make demo` and `make test` do all set-up themselves, into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# Parts of one target may not run at the same time: they share .venv.
.NOTPARALLEL:
.PHONY: help demo test check lint bench bench-large accuracy fuzz docs format lock setup clean

BIN := .venv/bin
# What is checked: the package, its build hook, its tests.
PYTHON_FILES := openclets hatch_build.py tests
# More words for pytest, for example: make test T="tests/rules -x"
T ?=
# Tests run in so many processes, each with a database of its own; 0: in one, which shows output as it comes.
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

help: ## What can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: setup ## Set up, make a fictional county, file an order, ask about it, stay running
	@exec $(BIN)/openclets demo

test: setup ## Set up and run all tests, those in a real browser included (BROWSER=no leaves them out)
	@if [ "$(BROWSER)" = no ]; then exec $(PYTEST) -m 'not browser' $(T); fi; \
	OPENCLETS_CHROMIUM=$$(tools/browser); export OPENCLETS_CHROMIUM; \
	exec $(PYTEST) $(T)

check: test lint ## All tests, and all of lint

lint: setup ## Format, ruff, mypy, import contracts, generated documentation
	@faults=0; run() { echo "lint: $$1"; shift; "$$@" || faults=1; }; \
	run 'format (make format mends it)' $(BIN)/ruff format --quiet --check $(PYTHON_FILES); \
	run ruff $(BIN)/ruff check --quiet $(PYTHON_FILES); \
	run mypy $(BIN)/mypy --no-error-summary; \
	run 'import contracts' $(BIN)/lint-imports --no-logo; \
	run 'generated documentation' $(BIN)/openclets docs --check; \
	exit $$faults

bench: setup ## Inquiries a second through TLS, latency, and the floor of the same run; some minutes (RECORD=yes: into docs/performance.md)
	@$(BIN)/python -m tests.bench.inquiries $(if $(filter yes,$(RECORD)),--record)
	@exec $(BIN)/python -m tests.bench.journal --entries 0 --edits 0

bench-large: setup ## Searches of the journal and of people among ten million, and how they grow from one; some hours
	@$(BIN)/python -m tests.bench.journal_search
	@exec $(BIN)/python -m tests.bench.person_search --people 1000000 --growing-to 10000000

accuracy: setup ## How often the person search is right and wrong among a million: into docs/accuracy.md; an hour or so, goes on where it was stopped
	@exec tools/accuracy

fuzz: setup ## A minute of random input, led by coverage, for every reader of messages (FUZZ_SECONDS=600 for longer)
	@exec tools/fuzz

docs: setup ## Write docs/reference anew from the tables in the code
	@$(BIN)/openclets docs

format: setup ## Format the code
	@$(BIN)/ruff check --quiet --fix $(PYTHON_FILES); $(BIN)/ruff format --quiet $(PYTHON_FILES)

lock: setup ## Choose package versions anew: requirements/*.txt and package-lock.json
	@tools/lock

setup: ## Only the set-up: .venv and the page parts
	@tools/set-up

clean: ## Remove what set-up, tests and builds made in this folder (never a data folder)
	@rm -rf .venv build dist openclets/web/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find openclets tests -name __pycache__ -type d -prune -exec rm -rf {} +
