# The door of the house: `make help` says what is here. Works with nothing but Python 3.11+ and make.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo install test check check-format check-lint check-types check-spelling check-docs docs test-long test-stores test-stores-long test-java stores answers bench bench-ask facts clean

# The first Python that runs and is new enough; `make PYTHON=/path/to/python demo` chooses another.
CANDIDATES := python3.13 python3.12 python3.11 python3.14 python3 /usr/local/bin/python3 /usr/bin/python3
PYTHON ?= $(shell for p in $(CANDIDATES); do \
  "$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
CITYKG := $(BIN)/citykg
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# With nearly no environment: pip and citykg want a cache folder, citykg a locale that can write Chinese.
export PYTHONUTF8 := 1
export PIP_ROOT_USER_ACTION := ignore

## help: this list
help:
	@sed -n 's/^## \([a-z-]*\): /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 26

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer with venv found; try: make PYTHON=/path/to/python3" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'

# Installed again when what is to be installed has changed.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[remote]'
	@touch $@

$(VENV)/.installed-test: pyproject.toml $(VENV)/.installed
	$(PIP) install --upgrade 'pip>=25.1'
	$(PIP) install --group test
	@touch $@

$(VENV)/.installed-check: pyproject.toml $(VENV)/.installed
	$(PIP) install --upgrade 'pip>=25.1'
	$(PIP) install --group check
	@touch $@

## install: citykg in .venv
install: $(VENV)/.installed

## demo: install, build the shipped graph, validate it, and look around
demo: $(VENV)/.installed
	@CITYKG=$(CITYKG) sh tools/demo

## test: the everyday tests (PYTEST_ARGS adds to the command)
test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n 2 -m "not long and not stores and not stores_long and not java" $(PYTEST_ARGS)

## test-long: long property tests and the wheel in an empty environment
test-long: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n 2 -m long $(PYTEST_ARGS); status=$$?; \
	if [ $$status -eq 5 ]; then echo "test-long: no test is marked long yet"; else exit $$status; fi

## test-stores: against the triple stores that make stores has fetched
test-stores: $(VENV)/.installed-test
	$(BIN)/python -m pytest -m stores $(PYTEST_ARGS); status=$$?; \
	if [ $$status -eq 5 ]; then echo "test-stores: no test is marked stores yet"; else exit $$status; fi

## test-stores-long: stores that are killed, refuse, or are loaded twice at once
test-stores-long: $(VENV)/.installed-test
	$(BIN)/python -m pytest -m stores_long $(PYTEST_ARGS)

## test-java: the OWL 2 profile by OWLAPI; needs java and mvn
test-java: $(VENV)/.installed-test
	@command -v java >/dev/null && command -v mvn >/dev/null || { echo "test-java: needs java and mvn" >&2; exit 1; }
	$(BIN)/python -m pytest -m java $(PYTEST_ARGS); status=$$?; \
	if [ $$status -eq 5 ]; then echo "test-java: no test is marked java yet"; else exit $$status; fi

## check: format, lint, strict types, spelling, docs (make -k check goes on after a failure)
check: check-format check-lint check-types check-spelling check-docs

check-format: $(VENV)/.installed-check
	$(BIN)/ruff format --check .

check-lint: $(VENV)/.installed-check
	$(BIN)/ruff check .

check-types: $(VENV)/.installed-test $(VENV)/.installed-check
	$(BIN)/mypy

check-spelling: $(VENV)/.installed-check
	$(BIN)/codespell

check-docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py --check

## docs: write the pages that repeat what the program and the knowledge files say
docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py

## facts: write each article's facts.ttl, which is its facts.trig without the graphs
facts: $(VENV)/.installed
	$(BIN)/python tools/facts.py

## answers: ask every store every stored query, and write docs/stores/answers.md
answers: $(VENV)/.installed-test
	$(BIN)/python tools/stores/answers.py

## bench: every benchmark, and docs/performance.md from their run (BENCH="closure --quick" for less)
bench: $(VENV)/.installed-test
	$(PIP) install --group bench
	$(BIN)/python benchmarks/run.py $(BENCH)

## bench-ask: how well questions are answered: accuracy by kind, queries that run, precision of refusals, milliseconds
bench-ask: $(VENV)/.installed-test
	$(BIN)/python benchmarks/ask.py

## stores: fetch the triple stores for test-stores: Oxigraph, Fuseki and RDF4J; Virtuoso where apt-get may
stores: $(VENV)/.installed-test
	$(PIP) install --group stores
	@if command -v java >/dev/null && command -v mvn >/dev/null; then \
	  mvn --batch-mode --quiet -f tools/stores/pom.xml package -DoutputDirectory=$(CURDIR)/.stores; \
	else echo "stores: without java and mvn, Fuseki and RDF4J are left out"; fi
	@command -v virtuoso-t >/dev/null || { apt-get update --quiet && apt-get install --yes --quiet virtuoso-opensource-7-bin; } \
	  || echo "stores: Virtuoso is left out; install virtuoso-opensource-7-bin as root to have it"

## clean: remove everything that can be made again (.venv, stores, caches)
clean:
	rm -rf $(VENV) .citykg .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist target
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
